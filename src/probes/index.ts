import type { Probe } from '../model/probe.ts';
import { defaultSecret } from './authentication/default-secret.ts';
import { forgedRequests } from './authentication/forged-requests.ts';
import { guessing } from './authentication/guessing.ts';
import { logIn } from './authentication/log-in.ts';
import { nobody } from './authentication/nobody.ts';
import { passwordsAtRest } from './authentication/passwords-at-rest.ts';
import { session } from './authentication/session.ts';
import { promotion } from './authorization/promotion.ts';
import { roles } from './authorization/roles.ts';
import { rowSecurity } from './authorization/row-security.ts';
import { strangers } from './authorization/strangers.ts';
import { othersSee } from './concurrency/others-see.ts';
import { start } from './deployment/start.ts';
import { stop } from './deployment/stop.ts';
import { absentBackend } from './fail-loud/absent-backend.ts';
import { lostNetwork } from './fail-loud/lost-network.ts';
import { failures } from './observability/failures.ts';
import { requests } from './observability/requests.ts';
import { accounts } from './persistence/accounts.ts';
import { deletions } from './persistence/deletions.ts';
import { edits } from './persistence/edits.ts';
import { kill } from './persistence/kill.ts';
import { ladder } from './persistence/ladder.ts';
import { lists } from './persistence/lists.ts';
import { moves } from './persistence/moves.ts';
import { reseed } from './persistence/reseed.ts';
import { restart } from './persistence/restart.ts';
import { savedForms } from './persistence/saved-forms.ts';
import { store } from './persistence/store.ts';
import { texts } from './persistence/texts.ts';
import { answers } from './secrets/answers.ts';

/** The checklist, in order. */
export const probes: readonly Probe[] = [
  ladder,
  absentBackend,
  edits,
  savedForms,
  moves,
  deletions,
  accounts,
  nobody,
  session,
  logIn,
  othersSee,
  strangers,
  forgedRequests,
  rowSecurity,
  roles,
  promotion,
  lostNetwork,
  texts,
  lists,
  start,
  requests,
  restart,
  store,
  passwordsAtRest,
  stop,
  reseed,
  failures,
  defaultSecret,
  kill,
  answers,
  // Last: whatever slows down whoever guesses may slow down others.
  guessing,
];
