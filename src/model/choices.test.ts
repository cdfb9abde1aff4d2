import assert from 'node:assert/strict';
import { it } from 'node:test';
import { choicesIn } from './choices.ts';
import type { EventKind, EvidenceId, RunEvent } from './evidence.ts';

/** A journal of notes and acts, numbered from e1. */
const journal = (...notes: readonly ('act' | Record<string, unknown>)[]): RunEvent[] =>
  notes.map((note, i) => ({
    id: `e${i + 1}` as EvidenceId,
    at: i,
    kind: (note === 'act' ? 'act' : 'note') as EventKind,
    who: 'survey',
    says: '',
    ...(note === 'act' ? {} : { data: note }),
  }));
const [link, plus, record, settings] = [{ linkAside: 1 }, { plus: 1 }, { record: 1 }, { form: 1 }];

it('the choices that led to the record, with what each that was tried cost', () => {
  const events = journal(
    { considers: { forms: [], openers: [link, link, plus] } },
    'act',
    'act',
    { chose: { of: 'e1', kind: 'openers', at: 1 } },
    'act',
    { chose: { of: 'e1', kind: 'openers', at: 2 } },
    { considers: { by: 'e6', forms: [settings, record], openers: [link] } },
    'act',
    'act',
    'act',
    { chose: { of: 'e7', kind: 'forms', at: 1, came: 'kept' } },
  );
  assert.deepEqual(choicesIn(events), [
    { kind: 'forms', candidates: [settings, record], right: 1, acts: [undefined, 3] },
    { kind: 'openers', candidates: [link, link, plus], right: 2, acts: [undefined, 2, 1] },
  ]);
});

it('what is left alone is no candidate, and one is no choice', () => {
  const events = journal(
    { considers: { forms: [settings, record], openers: [] } },
    { chose: { of: 'e1', kind: 'forms', at: 0, came: 'left alone' } },
    { chose: { of: 'e1', kind: 'forms', at: 1, came: 'kept' } },
  );
  assert.deepEqual(choicesIn(events), []);
});

it('what is kept goes before what is held, and an echo leads nowhere', () => {
  const events = journal(
    { considers: { forms: [record, settings], openers: [] } },
    { chose: { of: 'e1', kind: 'forms', at: 0, came: 'held' } },
    { chose: { of: 'e1', kind: 'forms', at: 1, came: 'kept' } },
  );
  assert.equal(choicesIn(events)[0]?.right, 1);
  assert.equal(choicesIn(events.slice(0, 2))[0]?.right, 0);
  const echo = journal(
    { considers: { forms: [record, settings], openers: [] } },
    { chose: { of: 'e1', kind: 'forms', at: 0, came: 'echo' } },
  );
  assert.deepEqual(choicesIn(echo), []);
});
