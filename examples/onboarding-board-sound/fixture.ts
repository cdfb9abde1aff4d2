import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fixture } from '../../fixtures/contract.ts';
import { start } from './server.ts';

const fixture: Fixture = {
  name: 'onboarding-board-sound',
  says: 'The onboarding board with a real server behind it: accounts, one shared board in SQLite, live updates. It looks exactly like the picture of a tool.',
  sound: {
    'persistence/records-survive-reload': 'pass',
    'persistence/records-survive-a-new-tab': 'pass',
    'persistence/records-reach-other-browsers': 'pass',
    'persistence/writes-leave-the-browser': 'pass',
    'persistence/answers-come-from-data': 'pass',
    'persistence/edits-persist': 'pass',
    'persistence/moves-persist': 'pass',
    'persistence/deletions-persist': 'pass',
    'persistence/accounts-survive': 'pass',
    'persistence/text-comes-back-as-written': 'pass',
    'persistence/lists-keep-everything': 'pass',
    'fail-loud/absent-backend-is-an-error': 'pass',
    'fail-loud/lost-network-is-shown': 'pass',
    'concurrency/others-see-the-change': 'pass',
  },
  defects: [],
  async start(defect) {
    if (defect !== undefined) throw new Error(`unknown defect: ${defect}`);
    const folder = await mkdtemp(join(tmpdir(), 'onboarding-board-'));
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
    try {
      const running = await start({ port: 0, dataFile: join(folder, 'board.sqlite'), log: () => {} });
      return {
        url: running.url,
        async close() {
          await running.close();
          await remove();
        },
      };
    } catch (error) {
      await remove();
      throw error;
    }
  },
};

export default fixture;
