import { type ClaimRow, source, startAndSource } from './claim-info.ts';

export const testSuite: readonly ClaimRow[] = [
  {
    id: 'test-suite/tests-run',
    says: 'There are tests, and they pass in a clean copy.',
    needs: source,
    tier: 'floor',
    severity: 'high',
    hours: 8,
    shown:
      'The test command that the project names is run in a clean copy, and the tests that were executed are counted.',
    fooledBy: 'A run that executed no test has not passed.',
    references: [],
  },
  {
    id: 'test-suite/tests-touch-the-store',
    says: 'While the tests run, the store sees traffic or its file changes.',
    needs: startAndSource,
    tier: 'floor',
    severity: 'high',
    hours: 8,
    shown: 'The tests are run with a tap in front of the store, or with its file watched.',
    fooledBy: 'An in-memory SQLite counts as real for an app on SQLite. No tests: not applicable.',
    references: [],
  },
  {
    id: 'test-suite/tests-fail-without-the-store',
    says: 'With the store cut, some test fails.',
    needs: startAndSource,
    tier: 'floor',
    severity: 'high',
    hours: 8,
    shown: 'The tests that passed are run again with the store out of reach.',
    fooledBy: 'Tests that bring their own store are cut from that one. No tests: not applicable.',
    references: [],
  },
  {
    id: 'test-suite/ci-runs-the-tests',
    says: 'CI runs the tests, with the store they need.',
    needs: source,
    tier: 'floor',
    severity: 'medium',
    hours: 3,
    shown:
      'The CI description is read for a step that runs the tests as they are written, and for the service that they use.',
    fooledBy:
      'A step that is commented out, allowed to fail or never triggered runs nothing. Tests that need no store need none in CI.',
    references: [],
  },
];
