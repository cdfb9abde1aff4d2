import { byHand } from '../drivers/browser/by-hand.ts';

/** What the browser holds once a person has logged in, as Playwright's file has it; undefined where that was broken off, or it holds nothing. */
export async function logInByHand(options: Parameters<typeof byHand>[0]): Promise<string | undefined> {
  const state = (await byHand(options)) as { cookies: readonly unknown[]; origins: readonly unknown[] } | undefined;
  return state && state.cookies.length + state.origins.length > 0 ? JSON.stringify(state) : undefined;
}
