import type { LedgerEntry, RunEvent } from './evidence.ts';

/** The ledger, from what the journal says of it: that of a run that was killed is in no other place. */
export function ledgerIn(events: readonly RunEvent[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const { kind, data } of events) {
    if (kind === 'made' && data?.['what']) entries.push({ ...(data as unknown as LedgerEntry) });
    if (kind === 'made' && data?.['settled'])
      settle(entries, String(data['settled']), data['came'] === 'ok' ? 'ok' : 'nothing');
    if (kind === 'made' && data?.['to']) rename(entries, String(data['from']), String(data['to']));
    if (kind === 'removed') for (const one of entries) if (one.mark === data?.['mark']) one.removed = true;
  }
  return entries;
}

export function settle(entries: LedgerEntry[], mark: string, came: 'ok' | 'nothing'): void {
  const at = entries.findLastIndex((one) => one.mark === mark);
  const one = entries[at];
  if (one && came === 'ok') one.acknowledged = true;
  else if (one) entries.splice(at, 1);
}

/** The row carries the other mark now; that it was about to is no row of its own. */
export function rename(entries: LedgerEntry[], from: string, to: string): void {
  const begun = entries.findLastIndex((one) => one.mark === to);
  if (begun >= 0) entries.splice(begun, 1);
  for (const one of entries) if (one.mark === from) one.mark = to;
}
