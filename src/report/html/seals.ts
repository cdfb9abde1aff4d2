/**
 * The hashes by which the policy of the page knows its one script and its one style sheet. Constants, since what is pure here
 * computes none: html.test.ts compares them with the texts and says what they should be.
 */
export const seals = {
  script: 'sha256-vkACfpB9Q0Gre6WWRGTFZvlKScXj9Ml4ldy+3e4MvD4=',
  style: 'sha256-how6Bqd/5ZkDIr7kHJqauNWy7uNgPl+RVudggGKcQjA=',
} as const;
