import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Io } from './parts.ts';
import { main } from './program.ts';

/** What `plummet <words> --help` prints. */
async function help(...words: string[]): Promise<string> {
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text), tty: false, columns: 100 };
  const io = { cwd: '/', out: stream, err: stream, env: {}, now: () => new Date(0) } as unknown as Io;
  assert.equal(await main([...words, '--help'], io), 0);
  return said.join('');
}

const top = await help();
const commands = [...(top.split('Commands:')[1]?.split('Examples:')[0] ?? '').matchAll(/^ {2}([a-z]\w*)/gm)].map(
  ([, name = '']) => name,
);
const all = new Map<string, string>();
for (const name of commands.filter((one) => one !== 'help')) all.set(name, await help(name));

test('every command teaches by examples', () => {
  assert.ok(all.size >= 17, commands.join());
  for (const [name, text] of all) {
    const lines = text.split('Examples:')[1]?.match(/^ {2}plummet .*/gm) ?? [];
    assert.ok(lines.length > 0, `plummet ${name} --help has no example`);
    // An audit is what is meant where no command is named.
    const own = name === 'audit' ? /^ {2}plummet (http|localhost|--)/ : new RegExp(`plummet ${name}\\b`);
    assert.ok(
      lines.some((line) => own.test(line)),
      `plummet ${name} --help: no example of its own`,
    );
  }
});

test('an example names commands and flags that there are', () => {
  for (const text of [top, ...all.values()])
    for (const [line] of text.matchAll(/^ {2}plummet .*/gm))
      for (const part of line.split('&&')) {
        const [, word = ''] = /^\s*plummet (\S+)/.exec(part) ?? [];
        const name = all.has(word) ? word : 'audit';
        assert.ok(all.has(word) || /^(http|localhost|--|<)/.test(word), `${part}: what is ${word}?`);
        for (const [flag] of part.matchAll(/(?<=\s)--[a-z][\w-]*/g))
          assert.match(
            all.get(name) ?? '',
            new RegExp(`${flag}[ ,]`),
            `${part.trim()}: plummet ${name} has no ${flag}`,
          );
      }
});
