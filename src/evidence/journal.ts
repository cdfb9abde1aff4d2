import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MarksIn } from '../model/bodies.ts';
import type { EvidenceId, Journal, Ledger, LedgerEntry, RunEvent } from '../model/evidence.ts';
import { rename, settle } from '../model/ledger.ts';
import { redactor } from './redaction.ts';
import { veiled } from './veiled.ts';

/** The journal of a run: events.ndjson, written as they come, and blobs named by the hash of their bytes. One that is there is gone on with. */
export function openJournal(
  dir: string,
  now: () => number,
): Journal & {
  readonly events: readonly RunEvent[];
  /** From now on answers are kept in their shape only: of their texts, those with marks of ours. */
  veil(marksIn: MarksIn): void;
} {
  mkdirSync(join(dir, 'blobs'), { recursive: true });
  const file = join(dir, 'events.ndjson');
  const before = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  // The last line of a run that was killed may be half a line.
  if (before.at(-1)) writeFileSync(file, `${before.slice(0, -1).join('\n')}\n`);
  const events: RunEvent[] = before.slice(0, -1).map((line) => JSON.parse(line) as RunEvent);
  const redact = redactor();
  let marksIn: MarksIn | undefined;
  const began = now() - (events.at(-1)?.at ?? 0);
  return {
    events,
    veil(planted) {
      marksIn = planted;
    },
    hide: redact.hide,
    redact: <T>(value: T): T => redact.value(value) as T,
    note({ kind, who, says, data, blob }) {
      const id: EvidenceId = `e${events.length + 1}`;
      let blobs: string[] | undefined;
      if (blob) {
        const bytes = typeof blob.bytes === 'string' ? Buffer.from(redact.text(blob.bytes)) : blob.bytes;
        const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}.${blob.type}`;
        if (!existsSync(join(dir, 'blobs', name))) writeFileSync(join(dir, 'blobs', name), bytes);
        blobs = [name];
      }
      const event: RunEvent = {
        id,
        at: Math.round(now() - began),
        kind,
        who,
        says: redact.text(says).slice(0, 500),
        ...(data ? { data: veiled(redact.value(data) as Record<string, unknown>, marksIn) } : {}),
        ...(blobs ? { blobs } : {}),
      };
      events.push(event);
      appendFileSync(file, `${JSON.stringify(event)}\n`);
      return id;
    },
  };
}

/** What was made and what of it was taken away again. */
export function openLedger(journal: Journal, now: () => number, before: readonly LedgerEntry[] = []): Ledger {
  const entries: LedgerEntry[] = before.map((entry) => ({ ...entry }));
  return {
    entries,
    begin(entry) {
      const made: LedgerEntry = { ...entry, at: now(), acknowledged: false };
      entries.push(made);
      journal.note({
        kind: 'made',
        who: 'plummet',
        says: `${entry.what} ${entry.mark}: ${entry.how}`,
        data: { ...made },
      });
    },
    settle(mark, came) {
      if (came !== 'ok' && came !== 'nothing') return;
      const says = came === 'ok' ? `${mark} is acknowledged` : `${mark} came to nothing`;
      journal.note({ kind: 'made', who: 'plummet', says, data: { settled: mark, came } });
      settle(entries, mark, came);
    },
    removed(mark) {
      for (const entry of entries) if (entry.mark === mark) entry.removed = true;
      journal.note({ kind: 'removed', who: 'plummet', says: `removed ${mark}`, data: { mark } });
    },
    renamed(from, to) {
      rename(entries, from, to);
      journal.note({ kind: 'made', who: 'plummet', says: `${from} is called ${to} from now on`, data: { from, to } });
    },
  };
}
