import { AsyncLocalStorage } from 'node:async_hooks';
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { within } from '../../lib/patience.ts';
import { filmName } from '../../model/film.ts';

/** Milliseconds: a trace of many pictures is packed in this time, or there is none. */
const packWithin = 20_000;

interface Scene {
  /** What lies there of it: a file, and who was in the window. */
  readonly parts: { readonly file: string; readonly who: string }[];
  /** Those that are being packed. */
  readonly packing: Promise<unknown>[];
}

interface Filmed {
  readonly context: BrowserContext;
  readonly who: string;
  started: boolean;
  scene?: Scene | undefined;
}

/**
 * Films windows while a scene is on, each to a file of its own. A window that is opened within a scene belongs to it: told by who opens it, for
 * several scenes may be on at once. Nothing is filmed between scenes, and what nobody keeps goes at once.
 */
export class Films {
  readonly #folder: string;
  readonly #windows = new Set<Filmed>();
  readonly #scenes = new AsyncLocalStorage<Scene>();
  readonly #on = new Set<Scene>();
  #parts = 0;
  #kept = 0;

  /** `folder` is made when something is filmed, readable by its owner alone. */
  constructor(folder: string) {
    this.#folder = folder;
    this.close();
  }

  /** How many files were kept. */
  get kept(): number {
    return this.#kept;
  }

  /** A window has been opened. Gives what is to be called before it is closed. */
  async opened(context: BrowserContext, who: string): Promise<() => Promise<void>> {
    const window: Filmed = { context, who, started: false };
    this.#windows.add(window);
    const scene = this.#scenes.getStore();
    if (scene && this.#on.has(scene)) await this.#begin(window, scene);
    return async () => {
      this.#windows.delete(window);
      await this.#cut(window);
    };
  }

  /** `standing`: with the windows that are open already and in no other scene. */
  async take(standing: boolean): Promise<{
    roll<T>(work: () => Promise<T>): Promise<T>;
    keep(claims: readonly string[]): Promise<void>;
  }> {
    const scene: Scene = { parts: [], packing: [] };
    this.#on.add(scene);
    const idle = standing ? [...this.#windows].filter((window) => !window.scene) : [];
    await Promise.all(idle.map((window) => this.#begin(window, scene)));
    return {
      roll: async (work) => {
        try {
          return await this.#scenes.run(scene, work);
        } finally {
          this.#on.delete(scene);
          const mine = [...this.#windows].filter((window) => window.scene === scene);
          await Promise.all([...mine.map((window) => this.#cut(window)), ...scene.packing]);
        }
      },
      keep: async (claims) => {
        for (const { file, who } of scene.parts.splice(0)) {
          if (!existsSync(file)) continue;
          chmodSync(file, 0o600);
          for (const claim of claims) this.#name(file, claim, who);
          rmSync(file);
        }
      },
    };
  }

  /** What is in the folder and was not kept goes; also what a run left that was killed. */
  close(): void {
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) if (name.startsWith('.part-')) rmSync(join(this.#folder, name));
    if (!readdirSync(this.#folder).length) rmdirSync(this.#folder);
  }

  async #begin(window: Filmed, scene: Scene): Promise<void> {
    const { tracing } = window.context;
    window.scene = scene;
    const begun = window.started ? tracing.startChunk() : tracing.start({ screenshots: true, snapshots: true });
    window.started = true;
    await within(packWithin, 'the film', begun).catch(() => {
      window.scene = undefined;
    });
  }

  /** A window that has died has no film. */
  async #cut(window: Filmed): Promise<void> {
    const { scene } = window;
    if (!scene) return;
    window.scene = undefined;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = join(this.#folder, `.part-${++this.#parts}.zip`);
    const stopped = window.context.tracing.stopChunk({ path: file });
    const packed = within(packWithin, 'the film', stopped).catch(() => undefined);
    scene.packing.push(packed);
    scene.parts.push({ file, who: window.who });
    await packed;
  }

  /** One film may show several claims: it lies there once. */
  #name(file: string, claim: string, who: string): void {
    for (let number = 1; ; number++) {
      const to = join(this.#folder, filmName(claim, number, who));
      if (existsSync(to)) continue;
      try {
        linkSync(file, to);
      } catch {
        copyFileSync(file, to);
        chmodSync(to, 0o600);
      }
      this.#kept++;
      return;
    }
  }
}
