import type { Intent } from './run.ts';

/** A sentence of intent: the answer that it gives, and the claims that show together that it is so. */
export interface Meaning {
  readonly says: string;
  readonly intent: Intent;
  readonly claims: readonly string[];
}

const nobody = 'authentication/private-data-needs-a-session';

/** What may be accepted in a sentence. There is none for what nothing could show, as that all may come in. */
export const meanings: readonly Meaning[] = [
  {
    says: 'records are private',
    intent: { records: 'private' },
    claims: [
      nobody,
      'authorization/strangers-cannot-read-my-records',
      'authorization/strangers-cannot-change-my-records',
      'authorization/strangers-cannot-delete-my-records',
      'authorization/lists-show-only-mine',
    ],
  },
  {
    says: 'records are shared',
    intent: { records: 'shared' },
    claims: [nobody, 'concurrency/others-see-the-change'],
  },
  {
    says: 'records are public',
    intent: { records: 'public' },
    claims: ['concurrency/others-see-the-change'],
  },
  {
    says: 'login is required',
    intent: { login: 'required' },
    claims: [nobody, 'authentication/writes-need-a-session', 'authentication/wrong-passwords-are-refused'],
  },
  {
    says: 'data lives on a server',
    intent: { storage: 'server' },
    claims: [
      'persistence/writes-leave-the-browser',
      'persistence/records-reach-other-browsers',
      'persistence/answers-come-from-data',
    ],
  },
];
