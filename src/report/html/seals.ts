/**
 * The hashes by which the policy of the page knows its one script and its one style sheet. Constants, since what is pure here
 * computes none: html.test.ts compares them with the texts and says what they should be.
 */
export const seals = {
  script: 'sha256-ZyZbZYkCJtFtbV4cibd7ap2RRi4a29KhFvktRMH35wU=',
  style: 'sha256-6H7zoEfIZMiIP3DidRXQSln13SNbexTpiS4NEp1JFZY=',
} as const;
