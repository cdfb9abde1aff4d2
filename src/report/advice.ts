import type { Advice } from './advice/advice.ts';
import { authentication } from './advice/authentication.ts';
import { authorization } from './advice/authorization.ts';
import { concurrency } from './advice/concurrency.ts';
import { deployment } from './advice/deployment.ts';
import { exploration } from './advice/exploration.ts';
import { failLoud } from './advice/fail-loud.ts';
import { observability } from './advice/observability.ts';
import { persistence } from './advice/persistence.ts';
import { secrets } from './advice/secrets.ts';
import { surface } from './advice/surface.ts';
import { testSuite } from './advice/test-suite.ts';

/** Every claim of the catalogue is in it; the fixes are those of docs/claims (a test compares them). */
export const advice: Advice = {
  ...persistence,
  ...authentication,
  ...authorization,
  ...secrets,
  ...concurrency,
  ...failLoud,
  ...observability,
  ...deployment,
  ...testSuite,
  ...exploration,
  ...surface,
};
