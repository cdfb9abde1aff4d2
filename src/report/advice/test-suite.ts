import type { Advice } from './advice.ts';

export const testSuite: Advice = {
  'test-suite/tests-run': {
    notice: 'Nobody can tell by a command whether a change has broken something.',
    fix: 'Make one command run them all, from a fresh clone.',
  },
  'test-suite/tests-touch-the-store': {
    notice: 'All tests are green, and none of them has ever saved anything.',
    fix: 'A few tests of the whole way, request to row, beside those with fakes.',
  },
  'test-suite/tests-fail-without-the-store': {
    notice: 'The tests stay green with the database away: they test their own fixtures.',
    fix: "Drop the mock of the store in the tests of the store's own code.",
  },
  'test-suite/ci-runs-the-tests': {
    notice: 'A change that breaks something is merged, since nothing stops it.',
    fix: 'A job with a service container and the test command.',
  },
};
