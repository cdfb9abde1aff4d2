/** What `plummet completions` prints is run by the shells that are here, and holds every command and flag in those that are not. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { catalogue } from '../src/model/catalogue.ts';

const program = join(import.meta.dirname, '../bin/plummet.js');
const plummet = (...words: string[]): ReturnType<typeof spawnSync> & { stdout: string; stderr: string } =>
  spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' }) as never;
const home = mkdtempSync(join(tmpdir(), 'plummet-completions-'));
after(() => rmSync(home, { recursive: true, force: true }));
mkdirSync(join(home, '.plummet/2026-01-02-030405-localhost-1'), { recursive: true });
mkdirSync(join(home, '.plummet/$(touch pwned)'));
mkdirSync(join(home, '.plummet/2026 `touch pwned`'));
mkdirSync(join(home, 'my app'));
writeFileSync(join(home, 'api.yaml'), '');

const script = (shell: string): string => {
  const { status, stdout, stderr } = plummet('completions', shell);
  assert.equal(status, 0, stderr);
  const path = join(home, `completions.${shell}`);
  writeFileSync(path, stdout);
  return path;
};

/** Commands as the help lists them, and the long flags of one. */
const commands = [
  ...(plummet('--help').stdout.split('Examples:')[0] ?? '').matchAll(/^ {2}([a-z]+) (?:\[|<|[a-z ] )/gm),
].flatMap(([, name]) => (name === undefined || name === 'plummet' || name === 'help' ? [] : [name]));
const flags = new Map<string, string[]>();
const flagsOf = (command: string): string[] => {
  const found =
    flags.get(command) ??
    [...plummet(command, '--help').stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag as string);
  flags.set(command, found);
  return found;
};

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe('completions', () => {
  it('of bash: commands, flags, claims, formats, runs and paths', () => {
    const path = script('bash');
    /** What bash would offer for these words, of which the last is being typed. */
    const offered = (...words: string[]): string[] =>
      execFileSync(
        'bash',
        [
          '--norc',
          '-c',
          'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); $(complete -p plummet | sed "s/.*-F //; s/ .*//") ; printf "%s\\n" "${COMPREPLY[@]}"',
          path,
          'plummet',
          ...words,
        ],
        { cwd: home, encoding: 'utf8' },
      )
        .split('\n')
        .filter(Boolean);
    assert.ok(commands.length > 15, commands.join(' '));
    assert.deepEqual(offered('').sort(), [...commands].sort());
    assert.deepEqual(offered('rec'), ['recipes']);
    assert.deepEqual(offered('survey', '--').sort(), flagsOf('survey').sort());
    assert.deepEqual(offered('--perm'), ['--permit'], 'the default command has its flags without its name');
    assert.deepEqual(offered('--permit', ''), ['reads', 'writes', 'attacks', 'disrupts']);
    assert.deepEqual(offered('http://localhost:3000', '--only', 'persistence/records-survive-re'), [
      'persistence/records-survive-reload',
    ]);
    assert.deepEqual(
      offered('explain', 'persistence/').sort(),
      catalogue
        .map(({ id }) => id)
        .filter((id) => id.startsWith('persistence/'))
        .sort(),
    );
    assert.deepEqual(offered('report', '--format', 'm'), ['markdown']);
    assert.deepEqual(offered('report', '--format', '=', 'sa'), ['sarif']);
    assert.deepEqual(offered('diff', '--format', ''), ['text', 'json', 'markdown']);
    assert.deepEqual(offered('report', '2'), ['2026-01-02-030405-localhost-1']);
    assert.deepEqual(offered('report', ''), ['2026-01-02-030405-localhost-1']);
    assert.ok(!existsSync(join(home, 'pwned')), 'the name of a folder is no code');
    assert.deepEqual(offered('audit', '--source', 'm'), ['my app'], 'a path with a space is one');
    assert.deepEqual(offered('survey', '--openapi', 'a'), ['api.yaml']);
    assert.deepEqual(offered('audit', '--login', ''), [], 'nobody can guess an account');
  });

  for (const shell of ['zsh', 'fish'] as const)
    it(`of ${shell}: every command with each of its flags`, () => {
      const path = script(shell);
      const text = execFileSync('cat', [path], { encoding: 'utf8' });
      if (has(shell)) execFileSync(shell, [shell === 'zsh' ? '-n' : '--no-execute', path]);
      const passes = { zsh: 'runs=(${runs:#*[^A-Za-z0-9._:-]*})', fish: "string match -r -- '^[A-Za-z0-9._:-]+$' (" };
      assert.ok(text.includes(passes[shell]), 'a run is offered by a plain name alone');
      for (const command of commands) {
        const here =
          shell === 'zsh'
            ? (text.split(new RegExp(`^    ${command}\\) _arguments`, 'm'))[1]?.split(' ;;')[0] ?? '')
            : text
                .split('\n')
                .filter((line) =>
                  line.includes(command === 'audit' ? "-n 'not __fish_seen_subcommand_from" : `from ${command}'`),
                )
                .join('\n');
        for (const flag of flagsOf(command))
          assert.ok(here.includes(shell === 'zsh' ? `'*${flag}[` : `-l ${flag.slice(2)} `), `${command} ${flag}`);
      }
      for (const { id } of catalogue) assert.ok(text.includes(id), id);
    });

  it('of another shell are not known', () => {
    const { status, stderr } = plummet('completions', 'tcsh');
    assert.equal(status, 64);
    assert.match(stderr, /Completions are for bash, zsh or fish, not for "tcsh"/);
  });
});
