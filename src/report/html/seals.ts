/**
 * The hashes by which the policy of the page knows its one script and its one style sheet. Constants, since what is pure here
 * computes none: html.test.ts compares them with the texts and says what they should be.
 */
export const seals = {
  script: 'sha256-1jWjsY9gF5ZR6MsVQi3rcQEmujCFunQ6+CenxKrZkUw=',
  style: 'sha256-SCUKpq+qppPnJcztGNR0k10tl6uDHtKmM+KVshOdBjc=',
} as const;
