/** Which claims of a run become tests, and why the others do not. */
import { beyondCode } from '../../model/playwright.ts';
import type { Recipe } from '../../model/recipe.ts';
import type { Result, Run } from '../../model/run.ts';
import { observed, type Ways } from './ways.ts';

export type TestName =
  | 'reload'
  | 'new-tab'
  | 'fresh-browser'
  | 'leaves'
  | 'answers'
  | 'edit'
  | 'move'
  | 'delete'
  | 'saved-form'
  | 'account'
  | 'second-user'
  | 'absent-backend'
  | 'lost-network'
  | 'restart'
  | 'restart-delete'
  | 'restart-account';

export interface Left {
  readonly claim: string;
  readonly because: string;
}

export interface Plan {
  readonly tests: readonly { readonly test: TestName; readonly claim: string }[];
  readonly left: readonly Left[];
  /** What the run itself could not tell. */
  readonly untold: readonly string[];
}

type Answer = TestName | readonly TestName[] | { readonly because: string };
const no = (because: string): Answer => ({ because });

const decided = ({ status }: Result): boolean => status === 'pass' || status === 'fail';

export function planOf(run: Run, ways: Ways, started: boolean): Plan {
  const answers = run.results
    .filter(decided)
    .map((result) => ({ result, answer: answerOf(result, run, ways, started) }));
  return {
    tests: answers.flatMap(({ result: { claim }, answer }) =>
      typeof answer === 'object' && 'because' in answer ? [] : [answer].flat().map((test) => ({ test, claim })),
    ),
    left: answers.flatMap(({ result: { claim }, answer }) =>
      typeof answer === 'object' && 'because' in answer ? [{ claim, because: answer.because }] : [],
    ),
    untold: run.results.filter(({ status }) => status === 'unknown').map(({ claim }) => claim),
  };
}

function answerOf(result: Result, run: Run, ways: Ways, started: boolean): Answer {
  const { facts } = ways;
  const api = facts.kind === 'api';
  const pages = (test: TestName): Answer => (api ? no('it is about pages') : test);
  const fresh = (test: TestName): Answer =>
    ways.logIn || ways.whose === 'none' || ways.whose === 'headers'
      ? test
      : no('no log-in was learned, so that no fresh browser comes in');
  const withRecipe = (recipe: Recipe | undefined, then: () => Answer): Answer => {
    if (!recipe) return no('the run did not keep how it is done');
    const why = beyondCode(recipe);
    if (why) return no(`code alone does not do: ${why}`);
    const part = ways.bound(recipe);
    return part ? no(`it is done at an address of the run’s own account (“${part}”)`) : then();
  };
  const restarted = (test: TestName): Answer =>
    started ? fresh(test) : no('it takes a restart, and the run had no start command');
  const failingSave = (test: 'absent-backend' | 'lost-network'): Answer => {
    if (bySocket(ways)) return no(socket);
    if (ways.ownPages) return no('where a record is looked for is known only once it is saved');
    return sends(run) && !wasCut(run, test) ? no('the fault met no request of the save in the run, too') : pages(test);
  };
  switch (result.claim) {
    case 'persistence/records-survive-reload':
      return pages('reload');
    case 'persistence/records-survive-a-new-tab':
      return pages('new-tab');
    case 'persistence/records-reach-other-browsers':
      return fresh('fresh-browser');
    case 'persistence/writes-leave-the-browser':
      return pages('leaves');
    case 'persistence/answers-come-from-data':
      return answersTest(result, run, fresh);
    case 'persistence/edits-persist':
      return withRecipe(facts.edit, () => fresh('edit'));
    case 'persistence/moves-persist':
      return withRecipe(facts.move, () =>
        isState(facts.move) ? fresh('move') : no('whether it moved is told by how the row looks'),
      );
    case 'persistence/deletions-persist':
      return withRecipe(facts.delete, () => deletionTests(run, fresh, started));
    case 'persistence/saved-forms-keep-their-values':
      return withRecipe(facts.saved?.recipe, () => fresh('saved-form'));
    case 'persistence/accounts-survive':
      return accountTests(run, ways, started);
    case 'concurrency/others-see-the-change':
      return ways.whose === 'headers' ? no('the headers of a second user are not known') : fresh('second-user');
    case 'fail-loud/absent-backend-is-an-error':
      return failingSave('absent-backend');
    case 'fail-loud/lost-network-is-shown':
      return failingSave('lost-network');
    case 'persistence/records-survive-a-restart':
      return restarted('restart');
    default:
      return no(others[result.claim] ?? 'it takes more than a browser and a start command');
  }
}

const socket = 'the page writes by a socket, which a test cannot cut while it is open';
const bySocket = ({ facts }: Ways): boolean => facts.record?.requests.some((r) => r.socket) ?? false;

/** Its saves sent something in the run. */
export const sends = (run: Run): boolean =>
  ['absent-backend', 'lost-network'].some((probe) => {
    const { sent } = (observed(run, `fail-loud/${probe}`)?.['honest'] ?? {}) as { sent?: unknown };
    return typeof sent === 'number' && sent > 0;
  });

/** The fault met a request there. */
function wasCut(run: Run, probe: 'absent-backend' | 'lost-network'): boolean {
  const { save, saves } = (observed(run, `fail-loud/${probe}`) ?? {}) as { save?: unknown; saves?: unknown[] };
  return [save, ...(saves ?? [])].some((one) => ((one as { hits?: number } | undefined)?.hits ?? 0) > 0);
}

const others: Readonly<Record<string, string>> = {
  'persistence/writes-reach-a-store': 'it takes a look into the store',
  'persistence/data-outlives-the-release': 'it takes a look at the disk',
  'persistence/records-survive-a-kill': 'it takes many writes in flight at the moment of each kill',
  'persistence/restarts-do-not-reseed': 'it takes a copy of the demo data, which it harms',
  'persistence/lists-keep-everything': 'it takes sixty records, which a test of each commit should not leave behind',
  'persistence/text-comes-back-as-written': 'it takes to know where the app shows a text exactly as it was written',
};

/** Ticked or chosen at the end: a state that can be read off the control. */
const isState = (recipe: Recipe | undefined): boolean => {
  const last = recipe?.steps.at(-1);
  return last?.do === 'select' || last?.do === 'check';
};

/** A made-up id that is answered like a real one is no matter of the record that was written. */
function answersTest(result: Result, run: Run, fresh: (test: TestName) => Answer): Answer {
  const readings = observed(run, 'persistence/ladder')?.['readings'] as { carried?: unknown } | undefined;
  return result.status === 'fail' && readings?.carried
    ? no('what is wrong are answers for ids that nobody made')
    : fresh('answers');
}

const wasSeen = (run: Run, probe: string, key: string): boolean => observed(run, probe)?.[key] !== undefined;

function deletionTests(run: Run, fresh: (test: TestName) => Answer, started: boolean): Answer {
  const plain = wasSeen(run, 'persistence/deletions', 'after');
  const again = wasSeen(run, 'persistence/restart', 'afterGone');
  if (again && started) return plain ? ['delete', 'restart-delete'] : ['restart-delete'];
  return fresh('delete');
}

function accountTests(run: Run, { whose, logIn }: Ways, started: boolean): Answer {
  if (whose !== 'sign-up' || !logIn) return no('the account was not made by a sign-up that code can do');
  return started && wasSeen(run, 'persistence/restart', 'door') ? ['account', 'restart-account'] : 'account';
}
