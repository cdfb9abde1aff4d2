import type { Page } from 'playwright-core';
import { z } from 'zod';
import { disturbances, type SceneFunction } from '../model/criteria.ts';
import { meanings } from '../model/meanings.ts';
import type { Values } from '../model/recipe.ts';
import { permits } from '../model/target.ts';

const account = z.union([
  z.string().regex(/^[^:]+:.+/s, 'write it as user:password'),
  z.strictObject({ user: z.string().min(1), password: z.string().min(1) }),
]);
const header = z.string().regex(/^[!#$%&'*+.^_`|~\w-]+:[^\r\n\0]*$/, 'write it as "Name: value"');
const path = z.string().min(1);
const recipe = z.custom<RecipeFunction>(
  (value) => typeof value === 'function',
  'give a function (page, values) => Promise<void>',
);

const scene = z.custom<CriterionFunction>(
  (value) => typeof value === 'function',
  'give a function ({ page, mark, after, actors }) => Promise<void>',
);

/** Drives the page by itself, and throws where it is not as it should be. */
export type CriterionFunction = SceneFunction<Page>;

/** What else `accept` may hold. */
export const noNewFailure = 'no new failure';
const taken = new Set(['floor', 'ready', noNewFailure, ...meanings.map(({ says }) => says)]);
const criterionName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} .()&+'’-]{0,98}[\p{L}\p{N})]$/u,
    'a name is a sentence of letters and digits, of 2 to 100',
  )
  .refine((name) => !taken.has(name.toLowerCase()), 'that name means something else in accept');

/** Drives the page by itself and returns when it is done. Values: mark, new, email, password, name, date. */
export type RecipeFunction = (page: Page, values: Values) => Promise<void>;

export const intentSchema = z.strictObject({
  storage: z
    .enum(['server', 'synced', 'local'])
    .optional()
    .describe('Where does the data live? Default: server, unless the app says otherwise.'),
  login: z
    .enum(['required', 'open'])
    .optional()
    .describe('What stops an unauthorised user: a login, or nothing, on purpose?'),
  records: z
    .enum(['private', 'shared', 'public'])
    .optional()
    .describe(
      'What happens with two users: private to each, shared by all who log in, or open to everyone? Default: private.',
    ),
});

/** What JSON can say of a config. */
export const jsonConfigSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors.'),
  target: z.string().min(1).optional().describe('Address of the app, for runs that name none.'),
  intent: intentSchema.optional().describe('The three things that no probe can find out.'),
  login: account
    .optional()
    .describe('An account of A, "user:password". Better read from the environment, in a .ts config.'),
  login2: account.optional().describe('A second account, of B.'),
  admin: account.optional().describe('An account of an administrator: what it alone is given, others are asked for.'),
  header: z.array(header).optional().describe('Headers that A sends, "Name: value".'),
  header2: z.array(header).optional().describe('Headers that B sends.'),
  storageState: path.optional().describe('A file with cookies and storage as Playwright writes it.'),
  start: z
    .union([
      z.string().min(1),
      z
        .array(
          z.strictObject({
            name: z.string().min(1),
            run: z.string().min(1).describe('A command line for the shell.'),
            cwd: path.optional().describe('Its folder. Default: that of the source.'),
            env: z.record(z.string(), z.string()).optional(),
            ready: z
              .string()
              .min(1)
              .optional()
              .describe('What shows that it is ready: a text that it prints, or an address.'),
            role: z
              .enum(['web', 'api', 'worker'])
              .optional()
              .describe('web and api are waited for until they listen; a worker is not.'),
          }),
        )
        .min(1),
    ])
    .optional()
    .describe(
      'How the app is started, so that it can be stopped and started again: one command, or a list of processes.',
    ),
  source: path
    .optional()
    .describe(
      'The folder of the app: it is started there, and accounts that it publishes are read there. Default: that of the config.',
    ),
  env: z.record(z.string(), z.string()).optional().describe('Variables for the processes of the app.'),
  allowEgress: z
    .array(z.string().min(1))
    .optional()
    .describe('Hosts that the app may reach while it is audited (mail, payment, models); "*" for all. Default: none.'),
  tunnels: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'host or host:port on this machine that lead to another: a store there is treated as one that others use.',
    ),
  disposableStore: z
    .boolean()
    .optional()
    .describe('What the app keeps may be harmed: it is started where it is, not on a copy.'),
  openapi: z.string().min(1).optional().describe('Path or address of an OpenAPI document, or of a GraphQL schema.'),
  permit: z
    .enum(permits)
    .optional()
    .describe('How much harm the target permits. Default: writes; disrupts where the app is started on a copy.'),
  budget: z
    .string()
    .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'write it as 90s or 2m')
    .optional()
    .describe('Longest time that an audit may take: 90s, 2m.'),
  out: path.optional().describe('The run folder, replaced by each run. Default: a new one, .plummet/<run>.'),
  only: z.array(z.string()).optional().describe('Sections, claims and globs to ask for.'),
  skip: z.array(z.string()).optional().describe('Sections, claims and globs to leave out.'),
  backends: z.array(z.string()).optional().describe('host:port that pages may write to, besides the target.'),
  accept: z
    .union([z.literal('floor'), z.array(z.string())])
    .optional()
    .describe(
      'What `plummet gate` wants shown: "floor", sections, claims and globs, "ready >= 80", "records are private", "no new failure", names of criteria.',
    ),
  waivers: z
    .array(
      z.strictObject({
        claim: z.string().describe('A claim, section or glob, or an entry of accept.'),
        reason: z.string().min(1),
        who: z.string().min(1).describe('Who answers for it.'),
        until: z.iso.date().describe('The last day on which it holds, YYYY-MM-DD.'),
      }),
    )
    .optional()
    .describe('Claims that the gate lets pass for now, each with a reason and a last day.'),
  browser: z.strictObject({ path: path.optional().describe('The program of a Chromium, Chrome or Edge.') }).optional(),
});

/** A config as plummet.config.ts or .js may give it: all that JSON can say, and recipes and criteria as code. */
export const configSchema = jsonConfigSchema.extend({
  recipes: z
    .strictObject({
      logIn: recipe.optional(),
      create: recipe.optional(),
      edit: recipe.optional(),
      delete: recipe.optional(),
    })
    .optional(),
  criteria: z
    .record(
      criterionName,
      z.union([
        scene,
        z.strictObject({
          after: z.array(z.enum(disturbances)).optional(),
          write: scene.optional(),
          look: scene,
          remove: scene.optional(),
        }),
      ]),
    )
    .optional(),
});

export type Config = z.infer<typeof configSchema>;
export type Waiver = NonNullable<Config['waivers']>[number];
