/** plummet.recipes.json: kept beside the config, reviewed like code. It may have been written by anybody, so it is checked to the last key. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { clip, oneLine } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import { pathOfApp, type Recipe, type RecipeId, type Step } from '../model/recipe.ts';
import type { Remembered } from '../model/remembered.ts';
import { looksSecret } from '../model/secret.ts';

export const recipesName = 'plummet.recipes.json';

const words = z
  .string()
  .max(2000)
  .refine((text) => !looksSecret(text), 'it looks like a secret, which has no place in a file that is committed');
const path = words.regex(pathOfApp, 'an address begins with one / and stays in the app');

const descriptor = z.strictObject({
  role: words,
  name: words,
  tag: words,
  type: words.optional(),
  attr: words.optional(),
  placeholder: words.optional(),
  most: z.int().min(0).optional(),
  holding: z.boolean().optional(),
  inRow: z.boolean().optional(),
  exact: z.boolean().optional(),
  nth: z.int().min(0).optional(),
  css: words.optional(),
});
const dialog = z.strictObject({ accept: z.boolean(), text: words.optional() }).optional();
const commits = z.boolean().optional();

const step = z
  .discriminatedUnion('do', [
    z.strictObject({ do: z.literal('goto'), url: z.union([z.enum(['{own}', '{link}']), path]) }),
    z.strictObject({ do: z.enum(['click', 'dblclick', 'hover']), on: descriptor, dialog, commits }),
    z.strictObject({ do: z.enum(['fill', 'type']), on: descriptor, value: words, marked: z.boolean().optional() }),
    z.strictObject({ do: z.literal('select'), on: descriptor, value: words }),
    z.strictObject({ do: z.literal('pick'), on: descriptor }),
    z.strictObject({ do: z.literal('attach'), on: descriptor, file: z.enum(['png', 'txt', 'csv', 'json', 'pdf']) }),
    z.strictObject({ do: z.literal('check'), on: descriptor, value: z.boolean(), commits }),
    z.strictObject({ do: z.literal('press'), on: descriptor, key: z.string().max(30), commits, dialog }),
    z.strictObject({ do: z.literal('drag'), on: descriptor, commits }),
  ])
  .refine(
    (one) => !(one.do === 'fill' || one.do === 'type') || one.on.type !== 'password' || /^\{\w+\}$/.test(one.value),
    'a password is not written down here: the value is {password}',
  );
const steps = z.array(step).min(1).max(60);
/** Whose account it is may be a person's: in what others read it has no place. */
const ofAccount = /\{(email|username|name|password|code|link)\}/;
const inside = steps.refine(
  (all) => !ofAccount.test(JSON.stringify(all)),
  'what belongs to an account ({email}, {username}, {name}, {password}, {code}) is typed at the door alone',
);

const schema = z.strictObject({
  version: z.literal(1, 'this version of Plummet reads version 1'),
  app: z.string().regex(/^https?:\/\/[\w.:[\]-]+$/, 'the address of the app without a path, as http://localhost:3000'),
  door: z.strictObject({
    kind: z.enum(['none', 'name', 'password', 'given']),
    account: z.enum(['signed-up', 'shown', 'published', 'given']).optional(),
    signUp: steps.optional(),
    logIn: steps.optional(),
  }),
  write: z.strictObject({
    says: words,
    carries: z.enum(['text', 'number', 'whole', 'date']),
    steps: inside.refine(
      (all) => all.some((one) => 'value' in one && typeof one.value === 'string' && one.value.includes('{mark}')),
      'one step types {mark}: what is written is found again by it',
    ),
    seenAt: z.array(path).max(40),
    longText: descriptor.optional(),
  }),
  edit: inside.optional(),
  delete: inside.optional(),
});
type Kept = z.infer<typeof schema>;

const most = 500_000;

/** Undefined where there is none. A file that is wrong is a Failure that says where. */
export async function readRecipes(cwd: string): Promise<{ app: string; known: Remembered } | undefined> {
  const file = join(cwd, recipesName);
  if (!existsSync(file)) return undefined;
  const wrong = (lines: readonly string[]): Failure =>
    new Failure(
      'E_RECIPES',
      `${file} is not right:\n${lines.map((line) => `  ${line}`).join('\n')}\nMend it, or take it away: then the app is surveyed, and plummet recipes writes it anew.`,
    );
  const text = await readFile(file, 'utf8');
  if (text.length > most) throw wrong([`it is longer than ${most} characters`]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong([`it is no JSON: ${clip(oneLine((error as Error).message), 200)}`]);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw wrong(told(parsed.error));
  return { app: parsed.data.app, known: toRemembered(parsed.data) };
}

/** Gives its path. What may not stand in it is a Failure, and nothing is written. */
export async function writeRecipes(cwd: string, app: string, known: Remembered): Promise<string> {
  const parsed = schema.safeParse(toKept(app, known));
  if (!parsed.success)
    throw new Failure(
      'E_RECIPES',
      `What that run learned cannot be kept:\n${told(parsed.error)
        .map((line) => `  ${line}`)
        .join('\n')}`,
    );
  const file = join(cwd, recipesName);
  await writeFile(file, `${JSON.stringify(parsed.data, null, 2)}\n`);
  return file;
}

const told = (error: z.ZodError): string[] =>
  error.issues
    .slice(0, 6)
    .map((issue) => clip(oneLine(`${issue.path.join('.') || 'the file'}: ${issue.message}`), 300));

function toRemembered({ app, door, write, edit, delete: remove }: Kept): Remembered {
  const recipe = (id: RecipeId, all: Kept['edit']): Recipe => ({
    id,
    steps: withAddresses(all as Step[], (at) => app + at),
  });
  const { signUp, logIn, kind, account } = door;
  return {
    from: recipesName,
    door: {
      kind,
      ...(account ? { account } : {}),
      ...(signUp ? { signUp: recipe('sign-up', signUp) } : {}),
      ...(logIn ? { logIn: recipe('log-in', logIn) } : {}),
    },
    create: recipe('create', write.steps),
    says: write.says,
    carries: write.carries,
    ...(write.longText ? { longText: write.longText as NonNullable<Remembered['longText']> } : {}),
    seenAt: write.seenAt.map((at) => app + at),
    ...(edit ? { edit: recipe('edit', edit) } : {}),
    ...(remove ? { delete: recipe('delete', remove) } : {}),
  };
}

const toKept = (
  app: string,
  { door, create, says, carries, longText, seenAt, edit, delete: remove }: Remembered,
): unknown => ({
  version: 1,
  app,
  door: {
    kind: door.kind,
    account: door.account,
    signUp: door.signUp && within(app, door.signUp.steps),
    logIn: door.logIn && within(app, door.logIn.steps),
  },
  write: { says, carries, steps: within(app, create.steps), seenAt: seenAt.map((url) => pathIn(app, url)), longText },
  edit: edit && within(app, edit.steps),
  delete: remove && within(app, remove.steps),
});

/** The steps with addresses as the file has them. */
export const within = (app: string, all: readonly Step[]): Step[] => withAddresses(all, (url) => pathIn(app, url));

/** Another address stays whole, and is refused by the schema. */
const pathIn = (app: string, url: string): string =>
  url === app ? '/' : url.startsWith(`${app}/`) ? url.slice(app.length) : url;

const withAddresses = (all: readonly Step[], by: (url: string) => string): Step[] =>
  all.map((one) => (one.do === 'goto' && !one.url.startsWith('{') ? { ...one, url: by(one.url) } : one));
