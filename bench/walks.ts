/** Walks of our own apps, stored to fit weights to: the patterns of the gallery and the fixtures. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fixture, RunningFixture } from '../fixtures/contract.ts';
import { patterns, serveGallery } from '../fixtures/gallery/server.ts';
import { program, timed } from './measure.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

/** What serves the pages of several fixtures. */
const samePages = /'\.\.\/_(?:pages|kit)\/(language|browser-only|company|altered)\.ts'/;

interface Walkable {
  /** What stands before a dot names the app: the gallery is one, for one hand made what surrounds its patterns; so are fixtures of the same pages. */
  readonly name: string;
  /** Where it listens, and what a user would have to give with it. */
  start(): Promise<RunningFixture & { readonly flags: readonly string[] }>;
}

export const ownApps = (): Walkable[] => [
  ...[...patterns.keys()].map((name) => ({
    name: `gallery.${name}`,
    async start() {
      const gallery = await serveGallery();
      return { ...gallery, url: `${gallery.url}${name}`, flags: [] };
    },
  })),
  ...readdirSync(fixtures)
    .filter((name) => existsSync(join(fixtures, name, 'fixture.ts')))
    .map((name) => ({
      name: `${samePages.exec(readFileSync(join(fixtures, name, 'fixture.ts'), 'utf8'))?.[1] ?? name}.${name}`,
      async start() {
        const { default: fixture } = (await import(join(fixtures, name, 'fixture.ts'))) as { default: Fixture };
        const app = await fixture.start(fixture.defects.find((d) => d.name === 'as-built')?.name);
        return { ...app, flags: fixture.flags ?? [] };
      },
    })),
];

/** Surveys the app and stores the run in the folder, under its name. What is stored already is not walked again. */
export async function walk({ name, start }: Walkable, folder: string): Promise<void> {
  if (existsSync(join(folder, name))) return;
  const dir = mkdtempSync(join(tmpdir(), 'plummet-bench-'));
  const app = await start();
  try {
    const out = join(dir, 'run');
    const words = ['reload', app.url, '--out', out, '--only', 'persistence/records-survive-reload', ...app.flags];
    await timed([program, ...words], { cwd: dir, codes: [0, 1, 2], env: { XDG_STATE_HOME: dir } });
    // Only when it is whole, and with nothing but what is read again.
    mkdirSync(join(folder, name));
    for (const file of ['run.json', 'events.ndjson']) copyFileSync(join(out, file), join(folder, name, file));
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
