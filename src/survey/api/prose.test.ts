import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operationsInProse } from './prose.ts';

const readme = `
# Notes
| Method | Path |
|---|---|
| GET | /api/notes |
| DELETE | /api/notes/:noteId |

\`\`\`sh
curl -X POST http://localhost:3000/api/notes \\
  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{"title": "Buy milk", "tags": ["home"], "stars": 3, "by": "ada@example.org"}'
curl "$BASE/api/notes?limit=10&offset=0"
curl -XPATCH localhost:3000/api/notes/64fe2a90c1b2 --data "{\\"title\\": \\"Buy bread\\"}"
\`\`\`

\`\`\`http
POST /api/login
{ "email": "ada@example.org", "password": "secret-word" }
\`\`\`
`;

describe('a README of an API', () => {
  const operations = operationsInProse(readme, 'http://127.0.0.1:9');
  it('tells its operations by curl lines, blocks and tables', () => {
    assert.deepEqual(operations.map((o) => o.says).sort(), [
      'DELETE /api/notes/{noteId}',
      'GET /api/notes',
      'PATCH /api/notes/{id}',
      'POST /api/login',
      'POST /api/notes',
    ]);
  });
  it('gives bodies as their examples are', () => {
    const create = operations.find((o) => o.says === 'POST /api/notes');
    assert.deepEqual(create?.body, {
      type: 'object',
      required: ['title', 'tags', 'stars', 'by'],
      properties: {
        title: { type: 'string' },
        tags: { type: 'array', minItems: 1, items: { type: 'string' } },
        stars: { type: 'integer' },
        by: { type: 'string', format: 'email' },
      },
    });
    assert.deepEqual(Object.keys(operations.find((o) => o.method === 'PATCH')?.body?.properties ?? {}), ['title']);
    assert.deepEqual(
      operations.find((o) => o.says === 'GET /api/notes')?.query.map((q) => q.name),
      ['limit', 'offset'],
    );
  });
  it('of something else tells nothing', () => {
    assert.deepEqual(operationsInProse('Run `npm start` and open http://localhost:3000.', 'http://x.test'), []);
  });
});
