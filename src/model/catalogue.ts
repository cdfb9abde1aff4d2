import { authentication } from './catalogue/authentication.ts';
import { authorization } from './catalogue/authorization.ts';
import type { ClaimInfo, ClaimRow, Severity } from './catalogue/claim-info.ts';
import { concurrency } from './catalogue/concurrency.ts';
import { deployment } from './catalogue/deployment.ts';
import { exploration } from './catalogue/exploration.ts';
import { failLoud } from './catalogue/fail-loud.ts';
import { observability } from './catalogue/observability.ts';
import { persistence } from './catalogue/persistence.ts';
import { secrets } from './catalogue/secrets.ts';
import { surface } from './catalogue/surface.ts';
import { testSuite } from './catalogue/test-suite.ts';

export type { ClaimInfo, Needs, Severity, Tier } from './catalogue/claim-info.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
}

const table: readonly (Section & { readonly claims: readonly ClaimRow[] })[] = [
  { id: 'persistence', title: 'Where the data lives when the demo is over', claims: persistence },
  { id: 'authentication', title: 'A login that means something', claims: authentication },
  { id: 'authorization', title: 'Mine is mine', claims: authorization },
  { id: 'secrets', title: 'What must never leave the server', claims: secrets },
  { id: 'concurrency', title: 'More than one user', claims: concurrency },
  { id: 'fail-loud', title: 'The missing layer shows itself', claims: failLoud },
  { id: 'observability', title: 'Could you debug what you cannot reproduce?', claims: observability },
  { id: 'deployment', title: 'Ship it, move the schema, take it back', claims: deployment },
  { id: 'test-suite', title: 'Do the tests touch anything real?', claims: testSuite },
  { id: 'exploration', title: 'The seams that the demo avoided', claims: exploration },
  { id: 'surface', title: 'What makes it look done', claims: surface },
];

/** In the order in which reports show them. */
export const sections: readonly Section[] = table.map(({ id, title }) => ({ id, title }));

/** Every claim there is, probed or not. */
export const catalogue: readonly ClaimInfo[] = table.flatMap(({ id: section, claims }) =>
  claims.map((claim) => ({ ...claim, section })),
);

const byId = new Map(catalogue.map((claim) => [claim.id, claim]));

export function claimInfo(id: string): ClaimInfo {
  const found = byId.get(id);
  if (!found) throw new Error(`No claim "${id}" in the catalogue. \`plummet list\` names them all.`);
  return found;
}

export const severityPoints: Readonly<Record<Severity, number>> = { critical: 10, high: 7.5, medium: 5, low: 2.5 };
