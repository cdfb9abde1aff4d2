import { type ClaimRow, start, twoAccounts, url } from './claim-info.ts';

export const concurrency: readonly ClaimRow[] = [
  {
    id: 'concurrency/two-writers-lose-nothing',
    says: 'When two people change different fields of one record, each by a request that carries only its own, both acknowledged changes stay.',
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 8,
    shown:
      'Two browsers send the two changes at once, after the same changes one after the other were seen to hold; then both fields are read.',
    fooledBy:
      'Two tabs of one browser are one user. A second writer who is told no (409) has lost nothing. Where every save carries the whole record it is not applicable. Where a single edit or create is already lost, persistence is the root.',
    references: ['CWE-362', 'ASVS 5.0 V15'],
  },
  {
    id: 'concurrency/stale-saves-are-noticed',
    says: "A save of the whole record from an old copy is refused, merged or shown; it does not silently undo the other's acknowledged change.",
    needs: url,
    tier: 'hard',
    severity: 'high',
    hours: 8,
    shown:
      'Two browsers open the same record, one saves, then the other saves its old copy; the first change is looked for and so is a word of warning.',
    fooledBy: 'A later save of the same field wins by right where the writer had seen the change.',
    references: ['CWE-362', 'ASVS 5.0 V15'],
  },
  {
    id: 'concurrency/parallel-writes-all-count',
    says: 'Of N parallel creates, every acknowledged one is there, once, with an id of its own.',
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 6,
    shown:
      'N marked creates are sent at once; each that was acknowledged is looked for, counted, and its id compared with the others.',
    fooledBy:
      'A create that was refused or answered unclearly owes nothing. A list that pages must be read to its end.',
    references: ['CWE-362', 'ASVS 5.0 V15'],
  },
  {
    id: 'concurrency/counters-add-up',
    says: 'k acknowledged increments add up to k (like, cart, stock, seats, balance).',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 6,
    shown:
      'After increments one by one were seen to count, k are sent at once and the counter is read; where there is a limit, more are sent than it allows.',
    fooledBy:
      'A like that toggles, a counter that other people move too, a refusal at the limit. A limit that is oversold is a break.',
    references: ['CWE-362', 'ASVS 5.0 V15'],
  },
  {
    id: 'concurrency/unique-stays-unique',
    says: 'Of N parallel sign-ups (or creates) with one unique value, exactly one succeeds.',
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 3,
    shown: 'The same value is sent N times at once, and what exists afterwards is counted.',
    fooledBy:
      'Where a second try one after the other is not refused, the value is not unique in this app: not applicable.',
    references: ['CWE-367', 'ASVS 5.0 V15'],
  },
  {
    id: 'concurrency/first-admin-is-one',
    says: 'N parallel first registrations make one admin.',
    needs: start,
    tier: 'floor',
    severity: 'high',
    hours: 4,
    shown: 'On a fresh store, N registrations are sent at once, and each account is tried for what an admin can do.',
    fooledBy: 'Only where the first user gets more than the second, which is looked at first.',
    references: ['CWE-367', 'ASVS 5.0 V15'],
  },
  {
    id: 'concurrency/answers-go-to-their-owner',
    says: 'When A and B ask at the same time, many times, each gets only their own.',
    needs: twoAccounts,
    tier: 'floor',
    severity: 'critical',
    hours: 8,
    shown:
      "Both sessions ask for their own data many times at once, and every answer is searched for the other's marks.",
    fooledBy: 'What the two share by design; the same questions asked one after the other tell what each may see.',
    references: ['CWE-488', 'ASVS 5.0 V8'],
  },
  {
    id: 'concurrency/double-clicks-save-once',
    says: 'A double click, or Enter twice, makes one record.',
    needs: url,
    tier: 'hard',
    severity: 'medium',
    hours: 2,
    shown: "The record's form is submitted twice within a moment, and the records with the mark are counted.",
    fooledBy: 'A second press that lands on a form already cleared, or is refused as empty, makes no record.',
    references: ['CWE-837'],
  },
  {
    id: 'concurrency/others-see-the-change',
    says: 'In a shared app, what one moves, the other sees, at once or after a reload.',
    needs: twoAccounts,
    tier: 'floor',
    severity: 'critical',
    hours: 24,
    shown:
      "A changes a shared record while B has it open; B's page is watched, then reloaded. The report says which of the two it took.",
    fooledBy:
      'Only where records are shared. B must have seen the record before the change, and stand in the same workspace.',
    references: [],
  },
  {
    id: 'concurrency/two-instances-agree',
    says: 'A second instance on the same store knows the same session and the same records.',
    needs: start,
    tier: 'hard',
    severity: 'medium',
    hours: 8,
    shown:
      'A second process is started on the same store; the session and the marked records of the first are used there, and writes go through both at once.',
    fooledBy: 'Asked only where the deploy shows more than one instance (replicas, autoscaling, cluster, serverless).',
    references: [],
  },
];
