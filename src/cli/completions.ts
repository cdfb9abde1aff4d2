import type { Command } from 'commander';
import { list } from '../lib/text.ts';
import { catalogue, sections } from '../model/catalogue.ts';
import { Failure } from '../model/failure.ts';
import { permits } from '../model/target.ts';
import { changeReports } from '../report/changes.ts';
import { reports } from '../report/reports.ts';
import type { Io } from './parts.ts';

/** What may stand somewhere: one of some words, the name of a run here, a path, or what nobody can guess. */
interface Taken {
  readonly words?: readonly string[];
  readonly also?: 'runs' | 'files' | 'folders';
}

interface Flag {
  readonly name: string;
  readonly says: string;
  /** Undefined: it takes nothing. */
  readonly takes?: Taken;
}

interface Way {
  readonly name: string;
  readonly says: string;
  readonly flags: readonly Flag[];
  /** What its words may be, in any order. */
  readonly takes: Taken;
}

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** `plummet completions <shell>`: prints what the shell is to source. Read off the very definitions of the commands. */
export function completions(shell: string, program: Command, io: Io): number {
  const known = shells.find((one) => one === shell);
  if (!known) throw new Failure('E_USAGE', `Completions are for ${list(shells, 'or')}, not for "${shell}".`);
  const scripts: Readonly<Record<Shell, (ways: readonly Way[]) => string>> = { bash, zsh, fish };
  io.out.write(scripts[known](waysOf(program)));
  return 0;
}

const claims = [...sections.map(({ id }) => id), ...catalogue.map(({ id }) => id)];

/** By the name that a value or a word bears in its command's definition. */
const taken = (command: string, value: string): Taken => {
  const formats = { report: Object.keys(reports), diff: Object.keys(changeReports) }[command] ?? [];
  const by: Readonly<Record<string, Taken>> = {
    run: { also: 'runs' },
    before: { also: 'runs' },
    after: { also: 'runs' },
    claim: { words: claims },
    claims: { words: claims },
    finding: { words: claims, also: 'runs' },
    words: { words: claims, also: 'runs' },
    format: { words: formats },
    harm: { words: permits },
    shell: { words: shells },
    file: { also: 'files' },
    'file|url': { also: 'files' },
    dir: { also: 'folders' },
  };
  return by[value] ?? {};
};

function waysOf(program: Command): Way[] {
  return program.commands.map((command) => {
    const name = command.name();
    const words = command.registeredArguments.map((argument) => taken(name, argument.name()));
    const also = words.find((one) => one.also)?.also;
    return {
      name,
      says: command.description(),
      flags: [
        ...command.options.map(({ long, description, flags }): Flag => {
          const value = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
          return { name: long ?? flags, says: description, ...(value ? { takes: taken(name, value) } : {}) };
        }),
        { name: '--help', says: 'what it does and takes' },
      ],
      takes: { ...words.find((one) => one.words), ...(also ? { also } : {}) },
    };
  });
}

/**
 * What the name of a run is made of. The folders come with a repository that may be anybody's, and shells expand what is offered: a name with
 * anything else in it is passed over.
 */
const letters = 'A-Za-z0-9._:-';
const named = `^[${letters}]+$`;

/** For a shell, as one word. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bash(ways: readonly Way[]): string {
  const offer = ({ words = [], also }: Taken): string =>
    [
      words.length ? `words=${words === claims ? '$_plummet_claims' : quoted(words.join(' '))}` : '',
      also === 'runs' ? 'words="$words $(_plummet_runs)"' : also ? `paths=${also === 'folders' ? '-d' : '-f'}` : '',
    ]
      .filter(Boolean)
      .join('; ') || ':';
  const values = ways.flatMap((way) =>
    way.flags.flatMap((flag) =>
      flag.takes ? [`    ${quoted(`${way.name} ${flag.name}`)}) ${offer(flag.takes)} ;;`] : [],
    ),
  );
  return `# Completions of plummet for bash: source <(plummet completions bash)
_plummet_claims=${quoted(claims.join(' '))}
_plummet_runs() {
  local run
  for run in .plummet/*/; do
    run=\${run%/} run=\${run##*/}
    [[ $run =~ ${named} ]] && printf '%s\\n' "$run"
  done
}
_plummet() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=audit words= paths=
  COMPREPLY=()
  [ "$cur" = = ] && cur=
  [ "$prev" = = ] && prev=\${COMP_WORDS[COMP_CWORD-2]}
  if [ "$COMP_CWORD" -gt 1 ]; then
    case \${COMP_WORDS[1]} in ${ways.map(({ name }) => name).join('|')}) command=\${COMP_WORDS[1]} ;; esac
  fi
  case "$command $prev" in
${values.join('\n')}
    *)
      if [ "\${cur#-}" != "$cur" ]; then
        case $command in
${ways.map((way) => `          ${way.name}) words=${quoted(way.flags.map(({ name }) => name).join(' '))} ;;`).join('\n')}
        esac
      elif [ "$COMP_CWORD" -eq 1 ]; then
        words=${quoted(ways.map(({ name }) => name).join(' '))}
      else
        case $command in
${ways.map((way) => `          ${way.name}) ${offer(way.takes)} ;;`).join('\n')}
        esac
      fi ;;
  esac
  if [ -n "$paths" ]; then
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen "$paths" -- "$cur"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
}
complete -F _plummet plummet
`;
}

function zsh(ways: readonly Way[]): string {
  /** Of _arguments: brackets and colons have a meaning there. */
  const plain = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
  const offer = ({ words = [], also }: Taken): string =>
    words.length && also === 'runs'
      ? '_plummet_claims_and_runs'
      : words === claims
        ? '_plummet_claims'
        : words.length
          ? `(${words.join(' ')})`
          : also === 'runs'
            ? '_plummet_runs'
            : also === 'folders'
              ? '_files -/'
              : also
                ? '_files'
                : ' ';
  const rows = ({ flags, takes }: Way): string[] => [
    ...flags.map(({ name, says, takes: value }) =>
      quoted(`*${name}[${plain(says)}]${value ? `:${name.slice(2)}:${offer(value)}` : ''}`),
    ),
    quoted(`*:word:${offer(takes)}`),
  ];
  return `#compdef plummet
# Completions of plummet for zsh: plummet completions zsh > a folder of $fpath, as _plummet
_plummet_claims() { compadd -- ${claims.join(' ')} }
_plummet_runs() { local -a runs; runs=(.plummet/*(N/:t)); runs=(\${runs:#*[^${letters}]*}); compadd -a runs }
_plummet_claims_and_runs() { _plummet_claims; _plummet_runs }
_plummet() {
  local -a commands
  commands=(
${ways.map(({ name, says }) => `    ${quoted(`${name}:${says}`)}`).join('\n')}
  )
  local command=audit
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe -t commands command commands
    return
  fi
  if (( \${commands[(I)$words[2]:*]} )); then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${ways
  .map(
    (way) =>
      `    ${way.name}) _arguments \\\n${rows(way)
        .map((row) => `      ${row}`)
        .join(' \\\n')} ;;`,
  )
  .join('\n')}
  esac
}
if [[ $funcstack[1] == _plummet ]]; then _plummet "$@"; else compdef _plummet plummet; fi
`;
}

function fish(ways: readonly Way[]): string {
  const names = ways.map(({ name }) => name).join(' ');
  const offer = ({ words = [], also }: Taken): string => {
    if (also === 'files') return '-r -F';
    if (also === 'folders') return "-x -a '(__fish_complete_directories)'";
    const all = words === claims ? ['$__plummet_claims'] : words;
    return `-x -a ${quoted([...all, ...(also === 'runs' ? ['(__plummet_runs)'] : [])].join(' '))}`;
  };
  /** In the words of fish a backslash escapes a quote. */
  const line = (when: string, rest: string, says?: string): string =>
    `complete -c plummet -n ${quoted(when)} ${rest}${says === undefined ? '' : ` -d '${says.replace(/[\\']/g, '\\$&')}'`}`;
  const lines = ways.flatMap((way) => {
    const when =
      way.name === 'audit'
        ? `not __fish_seen_subcommand_from ${names.replace(/^audit /, '')}`
        : `__fish_seen_subcommand_from ${way.name}`;
    return [
      line('__fish_use_subcommand', `-f -a ${way.name}`, way.says),
      ...way.flags.map(({ name, says, takes }) =>
        line(when, `-l ${name.slice(2)}${takes ? ` ${offer(takes)}` : ''}`, says),
      ),
      ...(way.takes.words?.length || way.takes.also ? [line(when, offer(way.takes).replace(/^-x/, '-f'))] : []),
    ];
  });
  return `# Completions of plummet for fish: plummet completions fish > ~/.config/fish/completions/plummet.fish
set -g __plummet_claims ${claims.join(' ')}
function __plummet_runs
    for run in .plummet/*/
        string match -r -- '${named}' (basename $run)
    end
end
complete -c plummet -f
${lines.join('\n')}
`;
}
