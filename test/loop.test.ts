/** The loop of whoever mends an app: audited, briefed, mended, verified; by an MCP client, and by the stop hook's command alone. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult, Progress } from '@modelcontextprotocol/sdk/types.js';
import tasks from '../fixtures/json-spa/fixture.ts';

const root = join(import.meta.dirname, '..');
const node = join(root, 'node_modules/.bin/node');
const program = join(root, 'bin/plummet.js');
const home = mkdtempSync(join(tmpdir(), 'plummet-loop-'));
after(() => rmSync(home, { recursive: true, force: true }));

const edits = 'persistence/edits-persist';
const reload = 'persistence/records-survive-reload';
const page = readFileSync(join(root, 'fixtures/json-spa/public/app.js'), 'utf8');

interface Project {
  /** The folder that somebody works in: the page's script, and a config with the address. */
  readonly dir: string;
  readonly env: Record<string, string>;
  readonly url: string;
  /** The sound script, in the place of the broken one: while the app runs, at its address, with what it holds. */
  mend(): void;
  close(): Promise<void>;
}

/** The app of a fixture with its script served from a folder, where `defect` is planted. */
async function project(name: string, defect: (script: string) => string): Promise<Project> {
  const dir = mkdtempSync(join(home, `${name}-`));
  const behind = await tasks.start();
  const { port } = new URL(behind.url);
  const script = join(dir, 'public/app.js');
  mkdirSync(join(dir, 'public'));
  const broken = defect(page);
  assert.notEqual(broken, page, 'a defect is planted');
  writeFileSync(script, broken);
  const front = createServer((asked, answer) => {
    if (asked.url === '/app.js')
      return void answer
        .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' })
        .end(readFileSync(script));
    const on = request(
      { port, host: '127.0.0.1', path: asked.url, method: asked.method, headers: asked.headers },
      (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
      },
    );
    on.on('error', () => answer.destroy());
    asked.pipe(on);
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  const url = `http://127.0.0.1:${(front.address() as { port: number }).port}/`;
  writeFileSync(join(dir, 'package.json'), '{}\n');
  writeFileSync(
    join(dir, 'plummet.config.ts'),
    `console.log('a config may say something');\nexport default { target: '${url}' };\n`,
  );
  const env = {
    ...(process.env as Record<string, string>),
    XDG_STATE_HOME: join(dir, 'state'),
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`,
  };
  return {
    dir,
    url,
    env,
    mend: () => writeFileSync(script, page.replaceAll('__DEFECT__', '')),
    async close() {
      front.close();
      front.closeAllConnections();
      await behind.close();
    },
  };
}

/** Notes that are written by whoever knows the key. */
async function notes(): Promise<{ url: string; close(): Promise<void> }> {
  const kept: string[] = [];
  const safe = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const server = createServer(async (asked, answer) => {
    if (asked.method === 'POST') {
      let body = '';
      for await (const part of asked) body += part;
      kept.push(new URLSearchParams(body).get('note') ?? '');
      return void answer.writeHead(303, { location: '/' }).end();
    }
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(`<!doctype html><title>Notes</title><nav><a href="/">All notes</a></nav><h1>Notes</h1><p>What was written down.</p><form method="post" hidden><label>Note <input name="note"></label></form>
<ul>${kept.map((text) => `<li>${safe(text)}</li>`).join('')}</ul>
<script>addEventListener('keydown', ({ key, target }) => { if (key === 'n' && target.tagName !== 'INPUT') document.forms[0].hidden = false; });</script>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A client whose server runs in the folder. */
async function clientIn({
  dir,
  env,
}: Project): Promise<{ client: Client; transport: StdioClientTransport; faults: Error[] }> {
  const client = new Client({ name: 'loop', version: '1' });
  const transport = new StdioClientTransport({
    command: node,
    args: [program, 'mcp'],
    cwd: dir,
    env,
    stderr: 'ignore',
  });
  const faults: Error[] = [];
  // What is no message of the protocol comes here.
  client.onerror = (error) => faults.push(error);
  await client.connect(transport);
  return { client, transport, faults };
}

const long = { timeout: 600_000 };
type Told = { structuredContent?: Record<string, unknown> } & CallToolResult;
const call = async (client: Client, name: string, args: object = {}, more: object = {}): Promise<Told> =>
  (await client.callTool({ name, arguments: { ...args } }, undefined, { ...long, ...more })) as Told;
const wordsOf = ({ content }: CallToolResult): string =>
  content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

/** Processes of this machine that work in the folder, or hold it among their words or variables. */
function processesOf(dir: string): string[] {
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .filter((id) => {
      try {
        return (
          readlinkSync(`/proc/${id}/cwd`).startsWith(dir) ||
          readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(dir) ||
          readFileSync(`/proc/${id}/environ`, 'utf8').includes(dir)
        );
      } catch {
        return false;
      }
    });
}

describe('the loop', {
  concurrency: true,
  skip: process.platform !== 'linux' && 'processes are looked for in /proc',
}, () => {
  it('an MCP client audits, reads the brief, mends, and verify turns just that', async (t) => {
    const at = await project('mcp', (script) => script.replace('__DEFECT__', 'edit-not-sent'));
    const { client, transport, faults } = await clientIn(at);
    try {
      const progress: Progress[] = [];
      const asked = { only: [reload, edits, 'persistence/deletions-persist'] };
      const audited = await call(client, 'audit', asked, { onprogress: (one: Progress) => progress.push(one) });
      const first = audited.structuredContent as {
        run: string;
        causes: { root: string; claims: string[] }[];
        counts: object;
      };
      assert.deepEqual(
        first.causes.map(({ claims }) => claims),
        [[edits]],
        wordsOf(audited),
      );
      assert.deepEqual(first.counts, { pass: 2, fail: 1, unknown: 0, 'not-applicable': 0 });
      assert.ok(
        progress.some(({ message }) => message?.startsWith('survey: ')),
        'progress is told',
      );
      assert.ok(
        progress.every(({ progress: count }, index) => index === 0 || count > (progress[index - 1]?.progress ?? 0)),
      );

      const listed = await call(client, 'list_findings');
      assert.deepEqual(
        (listed.structuredContent as { findings: { claim: string }[] }).findings.map(({ claim }) => claim),
        [edits],
      );
      const explained = await call(client, 'explain_finding', { claim: 'edits-persist' });
      assert.match(wordsOf(explained), /clicked button “Save changes”/);
      const picture = explained.content.find((part) => part.type === 'image');
      assert.ok(picture?.type === 'image' && Buffer.from(picture.data, 'base64').subarray(1, 4).toString() === 'PNG');

      const brief = wordsOf(await call(client, 'brief'));
      const line = page.split('\n').findIndex((text) => text.includes("submit: 'Save changes'")) + 1;
      const [, file, number] = /^1\. `([^`:]+):(\d+)`, likely/m.exec(brief) ?? [];
      assert.equal(file, 'public/app.js', brief);
      assert.ok(
        Math.abs(Number(number) - line) <= 6,
        `it leads to the form of the edit at ${line}, and not to ${number}`,
      );
      assert.match(brief, /Nothing was sent at it\./);

      at.mend();
      const verified = await call(client, 'verify');
      const { turned, seconds } = verified.structuredContent as { turned: object[]; seconds: number };
      assert.deepEqual(turned, [{ claim: edits, was: 'fail', is: 'pass' }], wordsOf(verified));
      t.diagnostic(`verify took ${seconds} s`);
      assert.match(wordsOf(await call(client, 'verify')), /Nothing is known to be broken/);

      const refused = await call(client, 'reload', { url: 'http://93.184.215.14/' });
      assert.ok(refused.isError && /E_PUBLIC/.test(wordsOf(refused)));

      const stop = new AbortController();
      const cut = call(
        client,
        'reload',
        {},
        { signal: stop.signal, onprogress: ({ message }: Progress) => message?.startsWith('survey') && stop.abort() },
      );
      await assert.rejects(cut, /abort/i);
      // The next in the queue comes when what was cut short has cleaned up.
      assert.match(wordsOf(await call(client, 'verify')), /Nothing is known to be broken/);
      const { pid } = transport;
      assert.ok(pid && processesOf(at.dir).includes(String(pid)));
      assert.deepEqual(processesOf(at.dir), [String(pid)], 'no browser is left of what was cut short');
      const begun = call(client, 'reload', {}, { onprogress: () => void client.close() });
      await assert.rejects(begun);
      while (processesOf(at.dir).length) await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(faults, [], 'nothing but the protocol came on stdout');
    } finally {
      await client.close();
      await at.close();
    }
  });

  it('the stop hook, alone: sends on what is broken, and lets go when it is mended', async (t) => {
    const at = await project('hook', (script) => script.replace('__DEFECT__', 'optimistic-silence'));
    try {
      mkdirSync(join(at.dir, 'node_modules/.bin'), { recursive: true });
      symlinkSync(program, join(at.dir, 'node_modules/.bin/plummet'));
      const set = spawnSync(node, [program, 'init', '--agent'], { cwd: at.dir, env: at.env, encoding: 'utf8' });
      assert.equal(set.status, 0, set.stderr);
      const settings = JSON.parse(readFileSync(join(at.dir, '.claude/settings.json'), 'utf8')) as {
        hooks: { Stop: { hooks: { command: string }[] }[] };
      };
      const command = settings.hooks.Stop[0]?.hooks[0]?.command ?? '';
      const stopped = async (active: boolean): Promise<{ out: string; seconds: number }> => {
        const begun = Date.now();
        const child = spawn(command, { cwd: at.dir, env: at.env, shell: true, stdio: ['pipe', 'pipe', 'inherit'] });
        child.stdin.end(JSON.stringify({ hook_event_name: 'Stop', session_id: 's', stop_hook_active: active }));
        let out = '';
        child.stdout.on('data', (part) => (out += part));
        const [code] = (await once(child, 'close')) as [number];
        assert.equal(code, 0);
        return { out, seconds: (Date.now() - begun) / 1000 };
      };
      const first = await stopped(false);
      const { decision, reason } = JSON.parse(first.out) as { decision: string; reason: string };
      assert.equal(decision, 'block');
      assert.match(
        reason,
        /1\. Broken: .* stands on the page as if saved.* Brief: \.plummet\/\S+\/briefs\/01-fail-loud-/,
      );
      const [, brief = ''] = /Brief: (\S+)/.exec(reason) ?? [];
      assert.match(readFileSync(join(at.dir, brief), 'utf8'), /^1\. `public\/app\.js:\d+`, /m);

      at.mend();
      const second = await stopped(true);
      t.diagnostic(`reload by the hook took ${first.seconds} s, verify ${second.seconds} s`);
      assert.equal(second.out, '', 'nothing is broken, so it may stop');
      const runs = readdirSync(join(at.dir, '.plummet'))
        .filter((name) => /^\d/.test(name))
        .sort();
      const results = (name = ''): Record<string, string> =>
        Object.fromEntries(
          (
            JSON.parse(readFileSync(join(at.dir, '.plummet', name, 'run.json'), 'utf8')) as {
              results: { claim: string; status: string }[];
            }
          ).results.map(({ claim, status }) => [claim, status]),
        );
      const was = results(runs[0]);
      const broken = Object.keys(was).filter((claim) => was[claim] === 'fail');
      assert.deepEqual(broken, ['fail-loud/absent-backend-is-an-error']);
      assert.equal(was[reload], 'pass');
      assert.deepEqual(results(runs[1]), Object.fromEntries(broken.map((claim) => [claim, 'pass'])));
    } finally {
      await at.close();
    }
  });

  it('by HTTP: on this machine, for no page of a browser, without what runs commands', async () => {
    const at = await project('http', (script) => script.replace('__DEFECT__', 'edit-not-sent'));
    const server = spawn(node, [program, 'mcp', '--http', '0'], {
      cwd: at.dir,
      env: at.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      const [line] = (await once(server.stderr, 'data')) as [Buffer];
      const url = new URL(/http:\S+/.exec(String(line))?.[0] ?? '');
      const client = new Client({ name: 'loop', version: '1' });
      await client.connect(new StreamableHTTPClientTransport(url));
      const { tools } = await client.listTools();
      assert.deepEqual(tools.map(({ name }) => name).sort(), [
        'audit',
        'brief',
        'explain_finding',
        'judge',
        'list_findings',
        'propose_recipe',
        'reload',
        'verify',
      ]);
      const offered = tools.flatMap(({ inputSchema }) => Object.keys(inputSchema.properties ?? {}));
      assert.deepEqual(
        offered.filter((name) => ['start', 'env', 'source', 'script'].includes(name)),
        [],
      );
      const none = await call(client, 'list_findings');
      assert.ok(none.isError && /There is no run here yet/.test(wordsOf(none)));

      // The form comes up by a key that nothing on the page speaks of.
      const hidden = await notes();
      try {
        const steps = [
          { do: 'goto', url: '/' },
          { do: 'press', css: 'body', value: 'n' },
          { do: 'fill', label: 'Note', value: '{mark}' },
          { do: 'press', label: 'Note', value: 'Enter' },
          { do: 'wait', text: '{mark}' },
        ];
        const proposed = await call(client, 'propose_recipe', { url: hidden.url, does: 'create', steps });
        const { found, writes } = proposed.structuredContent as { found: boolean; writes: string };
        assert.ok(found && /^kept: /.test(writes), wordsOf(proposed));
        const kept = await call(client, 'verify', { claims: ['records-survive-reload'] });
        assert.deepEqual((kept.structuredContent as { turned: object }).turned, [
          { claim: reload, was: 'not asked', is: 'pass' },
        ]);
      } finally {
        await hidden.close();
      }
      await client.close();

      const post = (headers: Record<string, string>): Promise<number> =>
        new Promise((resolve, reject) => {
          const asked = request(
            url,
            {
              method: 'POST',
              headers: {
                'content-type': 'application/json',
                accept: 'application/json, text/event-stream',
                ...headers,
              },
            },
            (answer) => {
              answer.resume();
              resolve(answer.statusCode ?? 0);
            },
          );
          asked.on('error', reject);
          asked.end(
            JSON.stringify({
              jsonrpc: '2.0',
              id: 1,
              method: 'initialize',
              params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
            }),
          );
        });
      assert.equal(await post({}), 200);
      assert.equal(await post({ host: `rebound.example:${url.port}` }), 403);
      assert.equal(await post({ origin: 'http://rebound.example' }), 403);
    } finally {
      server.kill('SIGTERM');
      const [code] = await once(server, 'exit');
      assert.equal(code, 0);
      await at.close();
    }
  });
});
