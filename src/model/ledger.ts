import type { LedgerEntry, RunEvent } from './evidence.ts';

/** The ledger, from what the journal says of it: that of a run that was killed is in no other place. */
export function ledgerIn(events: readonly RunEvent[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const { kind, data } of events) {
    if (kind === 'made' && data?.['what']) entries.push({ ...(data as unknown as LedgerEntry) });
    for (const one of entries) {
      if (kind === 'made' && data?.['to'] && one.mark === data['from']) one.mark = String(data['to']);
      if (kind === 'removed' && one.mark === data?.['mark']) one.removed = true;
    }
  }
  return entries;
}
