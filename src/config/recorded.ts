import { readFile, stat } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../model/failure.ts';
import type { GivenRecipe } from '../model/target.ts';

/** A body of a recorded test: it drives the page that it is given. */
type Body = (fixtures: { page: unknown; context: unknown }) => Promise<void>;

/**
 * A script of Playwright's codegen as a recipe, as it was recorded (`npx playwright codegen -o create.spec.ts http://localhost:3000`). The
 * first text that it types becomes the mark, wherever the script names it: in an edit the new one. `record` is the text of the record that
 * was edited or deleted in the recording. The path is relative to the config's folder. Assertions are left out. Throws a Failure
 * where the file holds no test.
 */
export function recorded(file: string, { record }: { readonly record?: string } = {}): GivenRecipe {
  let body: Promise<Body> | undefined;
  return playing(() => (body ??= bodyOf(resolve(file), record)), record);
}

/** The same, read at once: the file is not needed any more then. */
export async function readRecording(file: string, { record }: { readonly record?: string } = {}): Promise<GivenRecipe> {
  const body = await bodyOf(resolve(file), record);
  return playing(async () => body, record);
}

const playing =
  (body: () => Promise<Body>, record: string | undefined): GivenRecipe =>
  async (page, values) => {
    const play = await body();
    const marks = new Map<string, string>();
    if (record !== undefined && values['mark'] !== undefined) marks.set(record, values['mark']);
    const typed = values['new'] ?? (record === undefined ? values['mark'] : undefined);
    const played = player(page as Playable, marks, typed);
    await play({ page: played, context: (page as Playable)['context']?.() });
  };

type Playable = Record<string, (...words: unknown[]) => unknown>;

const types = new Set(['fill', 'type', 'pressSequentially']);
/** The page or a part of it, with the marks in the place of what was typed. Addresses lose their origin: the app may run elsewhere now. */
function player(part: Playable, marks: Map<string, string>, typed: string | undefined): unknown {
  const put = (word: unknown): unknown => {
    if (typeof word === 'string') return [...marks].reduce((text, [old, fresh]) => text.replaceAll(old, fresh), word);
    if (word instanceof RegExp) return new RegExp(String(put(word.source)), word.flags);
    if (Array.isArray(word)) return word.map(put);
    return word !== null && typeof word === 'object' && Object.getPrototypeOf(word) === Object.prototype
      ? Object.fromEntries(Object.entries(word).map(([key, value]) => [key, put(value)]))
      : word;
  };
  return new Proxy(part, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || typeof name === 'symbol') return member;
      return (...words: unknown[]) => {
        const [first] = words;
        if (types.has(name) && typed !== undefined && typeof first === 'string' && ![...marks.values()].includes(typed))
          marks.set(first, typed);
        const given = name === 'goto' && typeof first === 'string' ? [pathOf(first), ...words.slice(1)] : words;
        const made: unknown = member.apply(target, given.map(put));
        return isPart(made) ? player(made, marks, typed) : made;
      };
    },
  });
}

const isPart = (made: unknown): made is Playable =>
  typeof made === 'object' && made !== null && !(made instanceof Promise) && 'locator' in made;
const pathOf = (address: string): string =>
  URL.canParse(address) ? address.replace(/^\w+:\/\/[^/]+/, '') || '/' : address;

/** Runs the file with a `@playwright/test` that only takes down what it is given. */
async function bodyOf(file: string, record?: string): Promise<Body> {
  const stage = new URL(`stage${extname(import.meta.url)}`, import.meta.url).href;
  const url = pathToFileURL(file).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '@playwright/test' ? { url: stage, shortCircuit: true } : next(specifier, context),
  });
  try {
    // Else it would be done to whatever row stood there in the recording.
    if (record !== undefined && !(await readFile(file, 'utf8')).includes(record))
      throw new Error(`it does not name “${record}”, so it would be played on another record`);
    const { bodies } = (await import(stage)) as { bodies: Body[] };
    bodies.length = 0;
    const { mtimeMs } = await stat(file);
    await import(`${url}?at=${mtimeMs}`);
    const [body] = bodies;
    if (body) return body;
  } catch (error) {
    throw new Failure('E_CONFIG', `${file} could not be played: ${(error as Error).message.split('\n')[0]}`);
  } finally {
    hooks.deregister();
  }
  throw new Failure('E_CONFIG', `${file} holds no test. Record it for Playwright Test, codegen's default target.`);
}
