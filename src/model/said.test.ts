import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isTelemetry } from './said.ts';

const frame = (url: string, body = '{"title":"plumobavin"}') => ({ url, body, kind: 'socket', socket: true });

it('what a development server is told by its own script is no write of the user', () => {
  assert.ok(isTelemetry(frame('ws://localhost:3000/_next/webpack-hmr?id=Og9DqTR3', '{"event":"span-end"}')));
  assert.ok(isTelemetry(frame('ws://localhost:5173/?token=a1', '{"type":"custom","event":"vite:ws:connect"}')));
  assert.ok(!isTelemetry(frame('ws://localhost:3000/live')));
  assert.ok(!isTelemetry(frame('ws://localhost:5173/?token=a1')));
});
