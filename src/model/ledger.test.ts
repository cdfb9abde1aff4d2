import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { openJournal, openLedger } from '../evidence/journal.ts';
import { ledgerIn } from './ledger.ts';

it('the ledger of a run that was killed is what its journal says, to the last thing begun', () => {
  const dir = mkdtempSync(join(tmpdir(), 'plummet-ledger-'));
  try {
    const journal = openJournal(dir, () => 5);
    const ledger = openLedger(journal, () => 5);
    const begin = (mark: string): void => ledger.begin({ what: 'record', mark, how: 'a form' });
    for (const mark of ['kept', 'refused', 'gone', 'old']) begin(mark);
    ledger.settle('kept', 'ok');
    ledger.settle('refused', 'nothing');
    ledger.removed('gone');
    begin('new');
    ledger.renamed('old', 'new');
    begin('last');
    const expected = [
      { mark: 'kept', acknowledged: true },
      { mark: 'gone', acknowledged: false, removed: true },
      { mark: 'new', acknowledged: false },
      { mark: 'last', acknowledged: false },
    ].map((one) => ({ what: 'record', how: 'a form', at: 5, ...one }));
    assert.deepEqual(ledger.entries, expected);
    assert.deepEqual(ledgerIn(openJournal(dir, () => 9).events), expected);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
