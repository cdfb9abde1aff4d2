/** How databases of one kind are copied. Addresses are those of `NamedDatabase`; the server's own errors are thrown. */
export interface Dialect {
  /** Names of two databases on the server that nobody uses. */
  free(address: string): Promise<readonly [string, string]>;
  /** Bytes that the database takes. */
  size(address: string): Promise<number>;
  /** Makes the database `to` what `from` is. Nobody else is to write in it meanwhile. */
  copy(address: string, from: string, to: string): Promise<void>;
  /** Ends who is connected to it, where that can be, and drops it. */
  drop(address: string, name: string): Promise<void>;
  /** Texts of the rows that may hold one of these texts (folded, in lower case), table by table. */
  rows(address: string, keys: readonly string[]): Promise<readonly { readonly table: string; readonly text: string }[]>;
}

/** The database of this name on the server of the address. */
export function at(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}
export const nameIn = (address: string): string => decodeURIComponent(new URL(address).pathname.slice(1));

/** Rows that are read of one table, at most. */
export const rowsAtMost = 20_000;
