/** Finds what logs out, in the page or behind a menu of it, and presses it. */
import type { Control, Tab, View } from '../../model/browser.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { saysLogOut } from '../../model/log-out.ts';
import { describe, inNoRow } from '../../model/match.ts';
import type { Step } from '../../model/recipe.ts';

/** What was pressed to log out, in order; `undefined` where nothing was found. */
export interface Left {
  readonly steps: readonly Step[];
  readonly says: string;
  readonly evidence: EvidenceId;
}

const most = 6;
const account =
  /account|profile|user|avatar|settings|menu|konto|profil|benutzer|einstellungen|cuenta|perfil|usuario|compte|utilisateur|conta\b|ajustes|hesap|аккаунт|профиль|账户|帳號|个人|アカウント|プロフィール|계정|프로필/i;

/** Something that logs out stands there. */
export const exitIn = (view: View): Control | undefined => {
  const all = view.controls.filter(
    (c) =>
      !c.editable &&
      !c.disabled &&
      c.role !== 'text' &&
      saysLogOut(c.name || c.text) &&
      isHere(c, view) &&
      inNoRow(c, view),
  );
  // A page or a layer that asks again stands before the head.
  return all.find((c) => c.region === 'dialog') ?? all.find((c) => c.region === 'main') ?? all[0];
};

/** Leads to this app, or nowhere. */
const isHere = (c: Control, view: View): boolean =>
  !c.href || URL.parse(c.href)?.origin === URL.parse(view.url)?.origin || c.href.startsWith('javascript:');

/** What may hide it: what opens a menu or is about the account, at the head of the page first; never what stands in a row. */
function openersIn(view: View): Control[] {
  const about = (c: Control): boolean => account.test(`${c.name} ${c.attr} ${c.href.replace(/^https?:\/\/[^/]+/, '')}`);
  const head = (c: Control): boolean => c.region === 'header' || c.region === 'nav';
  const opens = (c: Control): boolean => c.opens !== '' && c.opens !== 'listbox' && c.opens !== 'grid';
  /** A face or letters at the head, which lead nowhere. */
  const face = (c: Control): boolean => head(c) && c.role === 'button' && c.text.trim().length <= 3;
  const worth = (c: Control): number => (about(c) ? 2 : 0) + (opens(c) ? 2 : 0) + (head(c) ? 1 : 0) + (face(c) ? 1 : 0);
  return view.controls
    .filter((c) => !c.editable && !c.disabled && c.role !== 'text' && !c.hidden && isHere(c, view) && inNoRow(c, view))
    .filter((c) => !/delete|remove|l[oö]schen|eliminar|supprimer|upgrade|billing|invite/i.test(c.name))
    .filter((c) => about(c) || opens(c) || face(c))
    .sort((a, b) => worth(b) - worth(a))
    .slice(0, most);
}

/** Where it stands, and what leads there; the page stands on it then. */
async function wayOut(tab: Tab, home: string): Promise<readonly Step[] | undefined> {
  let view = await tab.view();
  if (exitIn(view)) return [];
  for (const opener of openersIn(view)) {
    const step: Step = { do: 'click', on: describe(opener, view) };
    if ('missing' in (await tab.act(step))) continue;
    view = await tab.view();
    if (exitIn(view)) return [step];
    // What has opened lies over the next.
    await tab.goto(home);
    view = await tab.view();
    if (exitIn(view)) return [];
  }
  return undefined;
}

/** Undefined where nothing that logs out was found. Says nothing of whether it did. */
export async function logOut(tab: Tab, home: string): Promise<Left | undefined> {
  const way = await wayOut(tab, home);
  if (!way) return undefined;
  const steps: Step[] = [...way];
  let pressed: { says: string; evidence: EvidenceId } | undefined;
  // A page of its own may ask once more.
  for (let turn = 0; turn < 2; turn++) {
    const view = await tab.view();
    const control = exitIn(view);
    if (!control) break;
    const step: Step = { do: 'click', on: describe(control, view), dialog: { accept: true } };
    if (turn > 0 && steps.some((one) => 'on' in one && one.on.css === step.on.css)) break;
    const change = await tab.act(step, { control });
    if ('missing' in change) break;
    steps.push(step);
    pressed = { says: (control.name || control.text).trim().slice(0, 60), evidence: change.evidence };
    if (change.after.controls.some((c) => c.type === 'password')) break;
  }
  return pressed && { steps, ...pressed };
}
