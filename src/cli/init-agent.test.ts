import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { initAgent } from './init-agent.ts';
import type { Io } from './parts.ts';

const root = mkdtempSync(join(tmpdir(), 'init-agent-'));
after(() => rmSync(root, { recursive: true, force: true }));

function folder(files: Record<string, string> = {}): string {
  const at = mkdtempSync(join(root, 'app-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(at, path, '..'), { recursive: true });
    writeFileSync(join(at, path), text);
  }
  return at;
}
/** Where it is installed, it is called so that the words mean the same for everybody. */
const installed = { 'node_modules/.bin/plummet': '' };

async function init(cwd: string): Promise<string> {
  let said = '';
  const out = {
    write(text: string) {
      said += text;
    },
    tty: false,
    columns: 80,
  };
  assert.equal(await initAgent({ cwd, out, err: out, env: {} } as unknown as Io), 0);
  return said;
}
const files = (at: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(at.length + 1), readFileSync(path, 'utf8')]),
  );
const json = (at: string, name: string): Record<string, unknown> => JSON.parse(readFileSync(join(at, name), 'utf8'));

describe('init --agent', () => {
  it('writes the four into an empty folder, and the second time nothing', async () => {
    const at = folder(installed);
    const said = await init(at);
    assert.match(
      said,
      /^Wrote AGENTS\.md\.\nWrote \.claude\/skills\/plummet\/SKILL\.md\.\nWrote \.mcp\.json\.\nWrote \.claude\/settings\.json\.\nNext: plummet init/,
    );
    assert.deepEqual(json(at, '.mcp.json'), {
      mcpServers: { plummet: { command: 'npx', args: ['--no', '--', 'plummet', 'mcp'] } },
    });
    assert.deepEqual(json(at, '.claude/settings.json'), {
      hooks: { Stop: [{ hooks: [{ type: 'command', command: 'npx --no -- plummet hook', timeout: 180 }] }] },
    });
    assert.match(
      readFileSync(join(at, '.claude/skills/plummet/SKILL.md'), 'utf8'),
      /^---\nname: plummet\ndescription: \S/,
    );
    const before = files(at);
    assert.doesNotMatch(await init(at), /Wrote|Added/);
    assert.deepEqual(files(at), before);
  });

  it('leaves what is there as it is, and adds to it once', async () => {
    const own = {
      'AGENTS.md': '# Ours\n\nUse tabs.',
      '.mcp.json': '{\n\t"mcpServers": {\n\t\t"other": { "command": "x" }\n\t},\n\t"more": 1\n}\n',
      '.claude/settings.json':
        '{ "model": "m", "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "lint" }] }], "PreToolUse": [] } }',
      '.claude/skills/plummet/SKILL.md': 'our own words',
    };
    const at = folder({ ...installed, ...own, 'plummet.config.ts': 'export default {};' });
    const said = await init(at);
    assert.match(
      said,
      /^Added a section to AGENTS\.md, at its end\.\n.*SKILL\.md is there; left as it is\.\nAdded an entry to \.mcp\.json\.\nAdded an entry to \.claude\/settings\.json\.\n$/,
    );
    assert.ok(
      readFileSync(join(at, 'AGENTS.md'), 'utf8').startsWith(`${own['AGENTS.md']}\n\n<!-- plummet:begin -->\n`),
    );
    assert.ok(readFileSync(join(at, '.mcp.json'), 'utf8').startsWith('{\n\t"mcpServers": {\n\t\t"other": {\n'));
    assert.deepEqual(Object.keys(json(at, '.mcp.json')), ['mcpServers', 'more']);
    const { model, hooks } = json(at, '.claude/settings.json') as {
      model: string;
      hooks: { Stop: unknown[]; PreToolUse: unknown[] };
    };
    assert.equal(model, 'm');
    assert.deepEqual(hooks.Stop[0], { hooks: [{ type: 'command', command: 'lint' }] });
    assert.equal(hooks.Stop.length, 2);
    assert.equal(readFileSync(join(at, '.claude/skills/plummet/SKILL.md'), 'utf8'), 'our own words');
    const before = files(at);
    await init(at);
    assert.deepEqual(files(at), before);
  });

  it('does not touch what it cannot read, and says what to add', async () => {
    const own = { '.mcp.json': '{ // with a comment\n}', '.claude/settings.json': '{ "hooks": [] }' };
    const at = folder({ ...installed, ...own });
    const said = await init(at);
    assert.match(said, /\.mcp\.json is not as it was expected; left as it is\. Add by hand: \{"mcpServers"/);
    assert.match(said, /settings\.json is not as it was expected; left as it is\. Add by hand: \{"hooks"/);
    for (const [name, text] of Object.entries(own)) assert.equal(readFileSync(join(at, name), 'utf8'), text);
  });

  it('names where it lies, and says so, where it is not installed; and installed later, is not added twice', async () => {
    const at = folder();
    assert.match(await init(at), /not installed in this folder/);
    const { mcpServers } = json(at, '.mcp.json') as { mcpServers: { plummet: { command: string; args: string[] } } };
    assert.equal(mcpServers.plummet.command, process.execPath);
    assert.ok(existsSync(mcpServers.plummet.args[0] ?? ''));
    const before = files(at);
    cpSync(folder(installed), at, { recursive: true });
    await init(at);
    for (const name of ['AGENTS.md', '.mcp.json', '.claude/settings.json']) assert.equal(files(at)[name], before[name]);
  });
});
