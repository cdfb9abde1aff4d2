/** What the table of a section says: by claim, what a person would notice where it is broken, and the usual fix. */
export type Advice = Readonly<Record<string, { readonly notice: string; readonly fix: string }>>;
