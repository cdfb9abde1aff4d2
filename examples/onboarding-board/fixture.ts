import type { Fixture } from '../../fixtures/contract.ts';
import { start } from './server.ts';

const fixture: Fixture = {
  name: 'onboarding-board',
  says: 'A polished onboarding board whose records live in the memory of one tab: a picture of a tool. It says "Saved" after every act, and any password opens it.',
  sound: {},
  defects: [
    {
      name: 'as-built',
      says: 'What one person adds, moves or archives is gone after a reload, and nobody else ever sees it.',
      fails: {
        'persistence/records-survive-reload': /gone after a reload/,
        'persistence/records-survive-a-new-tab': /gone in a new tab/,
        'persistence/records-reach-other-browsers': /not in a fresh browser/,
        'persistence/writes-leave-the-browser': /no request left the browser/,
        'persistence/answers-come-from-data': /no answer of the server carries/,
        'fail-loud/absent-backend-is-an-error': /as if saved|says it is saved/,
      },
      otherwise: {
        // A record that is only held in memory leaves these open: the cause is named once, above.
        'persistence/edits-persist': ['unknown'],
        'persistence/moves-persist': ['unknown'],
        'persistence/deletions-persist': ['unknown'],
        'persistence/text-comes-back-as-written': ['unknown'],
        'persistence/lists-keep-everything': ['unknown'],
        // There is no sign-up, and no write that a second person could see.
        'persistence/accounts-survive': ['not-applicable', 'unknown'],
        'concurrency/others-see-the-change': ['not-applicable', 'unknown'],
        // With the network gone, "Saved" is as untrue as ever.
        'fail-loud/lost-network-is-shown': ['fail', 'not-applicable', 'unknown'],
        // The login form takes any password.
        'authentication/wrong-passwords-are-refused': ['fail', 'unknown'],
      },
    },
  ],
  async start(defect) {
    if (defect !== undefined && defect !== 'as-built') throw new Error(`unknown defect: ${defect}`);
    return start({ port: 0 });
  },
};

export default fixture;
