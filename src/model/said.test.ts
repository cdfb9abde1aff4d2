import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Change, Sent, View } from './browser.ts';
import { isTelemetry, isUnderWay, saidOf, soundsRefused, soundsSaved } from './said.ts';

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
  for (const text of ['Your address is incomplete', 'The postcode is not right', 'It needs your consent'])
    assert.ok(!soundsSaved(text), text);
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

it('what keeps a session or a channel open is no write of the user', () => {
  const asked = (url: string, body = '') => ({ url, body, kind: 'fetch' });
  assert.ok(isTelemetry(asked('http://localhost:54321/auth/v1/token?grant_type=refresh_token')));
  assert.ok(
    isTelemetry(asked('http://localhost:3000/oauth/token', 'client_id=a&grant_type=refresh_token&refresh_token=b')),
  );
  assert.ok(
    isTelemetry(asked('http://localhost:3000/oauth/token', '{"grant_type":"refresh_token","refresh_token":"b"}')),
  );
  assert.ok(!isTelemetry(asked('http://localhost:54321/auth/v1/token?grant_type=password')));
  assert.ok(!isTelemetry(asked('http://localhost:3000/notes', '{"title":"grant_type=refresh_token"}')));
  const socket = 'ws://localhost:54321/realtime/v1/websocket?vsn=2.0.0';
  assert.ok(isTelemetry(frame(socket, '["6","6","realtime:notes","phx_join",{"config":{}}]')));
  assert.ok(isTelemetry(frame(socket, '[null,"7","phoenix","heartbeat",{}]')));
  assert.ok(isTelemetry(frame(socket, '{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"3"}')));
  assert.ok(!isTelemetry(frame(socket, '["6","8","realtime:notes","broadcast",{"text":"phx_join"}]')));
  assert.ok(!isTelemetry(frame(socket, '{"topic":"a","event":"save","payload":{"event":"heartbeat"},"ref":"3"}')));
  assert.ok(!isTelemetry(frame(socket, '["4","5","lv:phx-F1","event",{"event":"save","value":"title=heartbeat"}]')));
});

it('a token that is renewed while a save fails does not acknowledge it', () => {
  const view = { text: 'plumobavin', controls: [], url: 'http://localhost/' } as unknown as View;
  const sent = (url: string, status?: number): Sent =>
    ({ method: 'POST', url, kind: 'fetch', body: '', answer: '', ...(status ? { status } : {}) }) as unknown as Sent;
  const change = {
    before: view,
    after: view,
    writes: [
      sent('http://localhost:54321/rest/v1/notes'),
      sent('http://localhost:54321/auth/v1/token?grant_type=refresh_token', 200),
    ],
    appeared: [],
    navigated: false,
  } as unknown as Change;
  assert.equal(saidOf(change, 'plumobavin').said, 'refused');
});

it('a refusal is told from what is merely said', () => {
  for (const text of [
    'The e-mail you entered is not registered.',
    'Wrong password',
    'User does not exist',
    'Incorrect code',
  ])
    assert.ok(soundsRefused(text), text);
  for (const text of ['Welcome back Ada', 'Registered!', 'Note created']) assert.ok(!soundsRefused(text), text);
});
