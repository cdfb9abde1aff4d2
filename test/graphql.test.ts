/** An API that speaks GraphQL and does not tell its schema: that is said, and a schema in its source will do. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { printSchema } from 'graphql';
import fixture from '../fixtures/api-graphql/fixture.ts';
import { schema } from '../fixtures/api-graphql/schema.ts';
import { audited } from './audited.ts';

const claim = 'persistence/records-reach-other-browsers';
const temp = tmpdir();
const asked: string[] = [];
let app: Awaited<ReturnType<typeof fixture.start>>;
let url = '';

/** Passes everything on but what asks for the schema. */
async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString();
  asked.push(body);
  res.setHeader('content-type', 'application/json');
  if (body.includes('__schema')) {
    res.end('{"errors":[{"message":"GraphQL introspection is not allowed"}]}');
    return;
  }
  const { authorization } = req.headers;
  const answer = await fetch(new URL(req.url ?? '', app.url), {
    method: req.method ?? 'GET',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    ...(body ? { body } : {}),
  });
  res.writeHead(answer.status).end(await answer.text());
}

const server = createServer((req, res) => void pass(req, res).catch(() => res.destroy()));

describe('GraphQL without introspection', () => {
  before(async () => {
    app = await fixture.start();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await app.close();
  });

  it('is recognised, nothing is written, and its schema is asked for', async () => {
    const { results } = await audited(url, [claim]);
    const [result] = results;
    assert.equal(result?.status, 'unknown');
    assert.match(result.because, /GraphQL is spoken at \/graphql, and its introspection is off/);
    assert.match(result.wants ?? '', /--openapi .*schema of its GraphQL/);
    assert.ok(!asked.some((body) => body.includes('mutation Sounding')));
  });

  it('is entered by the schema of its source', async () => {
    const source = mkdtempSync(join(temp, 'plummet-graphql-'));
    writeFileSync(join(source, 'schema.graphql'), printSchema(schema));
    try {
      const { results } = await audited(url, [claim], { source });
      assert.equal(results[0]?.status, 'pass');
      assert.ok(asked.some((body) => body.includes('createNote')));
      assert.ok(!asked.some((body) => body.includes('deleteAllNotes')));
    } finally {
      rmSync(source, { recursive: true, force: true });
    }
  });
});
