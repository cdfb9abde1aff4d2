/** What a candidate is like: the features that it has, and how much of each. Most are 1; a share of a form's size may be less. No names, no words. */
export type Features = Readonly<Record<string, number>>;
