/** What the survey learned of an app, for a terminal: the way in, the way to write a record, what was tried, and the one thing that is missing. */
import { list, plural, wrap } from '../lib/text.ts';
import type { Facts, Place } from '../model/facts.ts';
import { keptFrom } from '../model/hosted.ts';
import type { Recipe } from '../model/recipe.ts';
import type { Run } from '../model/run.ts';
import { leftBehind } from '../model/score.ts';
import { inWords } from './steps.ts';
import { tame } from './tame.ts';

const kinds = {
  kept: 'kept: two of them stood after fresh loads',
  held: 'held: two of them stood side by side until the page was loaded anew',
  echo: 'an echo: shown once, and gone',
  phantom: 'a phantom: acknowledged, and never there',
} as const;

export function map({ run, width = 100, folder }: { run: Run; width?: number; folder?: string }): string {
  const { facts } = run;
  const { record, door } = facts;
  const missing = needs(facts);
  const left = leftBehind(run);
  const rows: [string, readonly string[]][] = [
    [
      'Opens as',
      [
        facts.kind === 'dead'
          ? 'nothing: the page did not open'
          : `“${facts.title}”, ${facts.pages.length} addresses seen`,
      ],
    ],
    [
      'Door',
      [
        door.says,
        ...stepsOf('signs up', door.signUp),
        ...stepsOf('is let in by A', door.addUser),
        ...stepsOf('logs in', door.logIn),
        ...stepsOf('signs up, in vain', door.lost?.signUp),
      ],
    ],
    [
      'Record',
      record
        ? [
            record.says,
            kinds[record.kind],
            `carries ${record.carries === 'text' ? 'a text' : `a ${record.carries}`}`,
            ...stepsOf('is written', record.create),
          ]
        : [
            facts.saved && !facts.wordless
              ? `${facts.saved.says}, a profile: nothing better was found`
              : 'no way to write one was found',
          ],
    ],
    [
      'Without words',
      facts.wordless
        ? [`${facts.wordless.says}: ${facts.wordless.shows}`, ...stepsOf('is done', facts.wordless.act)]
        : [],
    ],
    ['Lives at', (record?.places ?? []).map(where)],
    ...(['edit', 'move', 'delete'] as const).map((way): [string, readonly string[]] => [
      { edit: 'Edit', move: 'Move', delete: 'Delete' }[way],
      record?.kind !== 'kept'
        ? []
        : facts[way]
          ? stepsOf('is done', facts[way])
          : [facts.absent.includes(way) ? 'nothing to do so was found' : 'not learned'],
    ]),
    ['Tried', [...new Set(facts.tried)].slice(0, 12)],
    ['Needs', missing ? [missing] : []],
    [
      'Left',
      left.length
        ? [
            `${plural(left.length, 'thing')} in the app: ${list(left.slice(0, 6).map((made) => made.mark))}${left.length > 6 ? ' …' : ''}`,
          ]
        : [],
    ],
    ['Pictures', folder ? [folder] : []],
  ];
  const room = Math.min(width, 110) - 12;
  return `${rows
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) =>
      lines
        .flatMap((line) => wrap(tame(line), room).map((part, at) => (at ? `  ${part}` : part)))
        .map((line, at) => `  ${(at ? '' : name).padEnd(10)}${line}`)
        .join('\n'),
    )
    .join('\n')}\n`;
}

const where = ({ url, what, way = [] }: Place): string =>
  `${url}${way.length ? `, then ${inWords(way)}` : ''}${what === 'own' ? ' (a page of its own)' : ''}`;

const stepsOf = (says: string, recipe: Recipe | undefined): string[] =>
  recipe ? [`${says} by: ${recipe.given ? 'the recipe of the config' : inWords(recipe.steps)}`] : [];

/** The one thing that would help most. */
function needs(facts: Facts): string | undefined {
  const { kind, door, record } = facts;
  if (kind === 'dead') return 'a running app at this address';
  const kept = record?.kind === 'kept' ? undefined : keptFrom(facts);
  if (kept) return kept.wants;
  if (door.kind === 'closed') return door.wants ?? '--login user:password';
  if (kind === 'api' && !record)
    return '--openapi with the file or address of what describes it: an OpenAPI document, or the schema of its GraphQL';
  if (!record) return 'a recipe: plummet init writes a plummet.config.ts with the place for it (recipes.create)';
  return undefined;
}
