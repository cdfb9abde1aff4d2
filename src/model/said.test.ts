import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isTelemetry, isUnderWay, soundsSaved } from './said.ts';

const frame = (url: string, body = '{"title":"plumobavin"}') => ({ url, body, kind: 'socket', socket: true });

it('what a development server is told by its own script is no write of the user', () => {
  assert.ok(isTelemetry(frame('ws://localhost:3000/_next/webpack-hmr?id=Og9DqTR3', '{"event":"span-end"}')));
  assert.ok(isTelemetry(frame('ws://localhost:5173/?token=a1', '{"type":"custom","event":"vite:ws:connect"}')));
  assert.ok(!isTelemetry(frame('ws://localhost:3000/live')));
  assert.ok(!isTelemetry(frame('ws://localhost:5173/?token=a1')));
});

it('what is being done is not done yet', () => {
  for (const text of [
    'Creating...',
    'Saving…',
    'Adding task',
    'Wird gespeichert',
    'Guardando',
    'Enregistrement en cours',
    'Please wait ...',
  ])
    assert.ok(isUnderWay(text) && !soundsSaved(text), text);
  for (const text of [
    'Booking confirmed',
    'Task created',
    'Posting published',
    'Gespeichert',
    'Se ha guardado',
    'Added: thing',
  ])
    assert.ok(!isUnderWay(text) && soundsSaved(text), text);
});
