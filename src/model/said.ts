import type { Change, Sent, View } from './browser.ts';
import type { Said } from './evidence.ts';
import { operationIn } from './graphql.ts';
import { fold, holds, type Mark } from './mark.ts';

/** What tells a save from a refusal in this app, learned from honest successes. */
export interface Honest {
  /** Texts without marks and digits that appeared at two honest saves. */
  readonly successTexts: readonly string[];
}

/** Texts as they are compared between two saves: no digits, no case. */
export const plainText = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\d\s]+/g, ' ')
    .replace(/[^\p{L} ]/gu, '')
    .trim();

/** Words of a refusal in any of the languages that the lexicon knows. */
export const refusalWords =
  /\b(error|fail(ed|ure)?|invalid|required|must|cannot|can.t|could not|couldn.t|unable|reconnect\w*|disconnected|not connected|connection|offline|not saved|not sent|not (allowed|registered|found|recogni[sz]ed|match\w*)|does(n.t| not) (exist|match)|no such|incorrect|wrong|too (short|long|many)|already (exists|taken|in use|registered)|forbidden|unauthori[sz]ed|unreachable|not reach|no connection|offline|try again|please (enter|fill|select|choose|provide)|denied|darf nur|darf nicht|fehler|ungültig|erforderlich|nicht|erreur|invalide|obligatoire|échec|impossible|error|inválid|obligatori|erro|falh|não foi|no se pudo)\b/i;
export const soundsRefused = (text: string): boolean => refusalWords.test(text);

/** Words in which pages say that something was saved; matched without accents. */
const savedWords =
  /\b(sav(e[ds]?|ing)|creat(e[ds]?|ing)|add(ed|s|ing)?|success\w*|thank\w*|sent|publish\w*|post(ed|s|ing)?|book(ed|s|ings?)?|done|stored|updated|gespeichert|erstellt|hinzu\w*|erfolg\w*|guard\w*|cread\w*|anadid\w*|enviad\w*|exito\w*|enregistr\w*|cree\w*|ajoute\w*|envoye\w*|succes\w*|salv\w*|criad\w*|adicion\w*|sucesso)\b/;
const notYet =
  /\b(no|not|nothing|never|nicht|nichts|kein\w*|pas|rien|sin|nada|nao|queued?|pending|later|draft|offline|local\w*|retry\w*|waiting|unsaved|unsent)\b|n[’']t\b/;
export function soundsSaved(text: string): boolean {
  const flat = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
  return savedWords.test(flat) && !notYet.test(flat) && !isUnderWay(flat);
}

const underWay =
  /^\W*(sav|creat|add|send|post|publish|submitt|updat|book|stor)ing\b|^\W*(guardando|creando|anadiendo|agregando|enviando|publicando|salvando|gravando|criando|adicionando|inviando)\b|^\W*(enregistrement|creation|envoi|ajout|publication|salvataggio|creazione|invio) (en cours|in corso)|\bwird\b.*\b(gespeichert|erstellt|hinzugefugt|gesendet)\b/;
const finished =
  /\b((sav|creat|add|post|publish|submitt|updat|book|stor|confirm|complet)ed|sent|success\w*|done|thank\w*)\b/;
/** “Saving…” is said while nobody knows yet: it ends in dots, or with what is being done it begins. Case and accents do not matter. */
export function isUnderWay(text: string): boolean {
  const flat = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .trim();
  return /(…|\.{2,})$/.test(flat) || (underWay.test(flat) && !finished.test(flat));
}

/** Of the texts that appeared, the one that says that it is saved. What a button is called is no word about what was done. */
export function claimIn(
  appeared: readonly string[],
  { controls, live }: Pick<View, 'controls' | 'live'>,
): string | undefined {
  if (controls.some((c) => c.editable && c.invalid)) return undefined;
  // A notice that takes the focus, so that the keyboard can close it, is called as what it says.
  const told = live.map(plainText);
  const names = new Set(
    controls
      .filter((c) => !c.editable)
      .map((c) => plainText(c.name))
      .filter((name) => !told.some((text) => text.includes(name))),
  );
  return appeared.find((text) => text.length < 200 && soundsSaved(text) && !names.has(plainText(text)));
}

/** Does an answer with a good status say in its body that it was refused? GraphQL errors, success:false, error members. `sent`: what it answers. */
export function refusedInside(answer: string, sent = ''): boolean {
  const text = answer.trim();
  if (!text.startsWith('{')) return false;
  try {
    const body = JSON.parse(text) as Record<string, unknown>;
    if (Array.isArray(body['errors']) && body['errors'].length > 0) return true;
    if (body['success'] === false || body['ok'] === false) return true;
    if (
      operationIn(sent) === 'writes' &&
      Object.entries((body['data'] ?? {}) as object).some(([name, value]) => isRefusal(name, value))
    )
      return true;
    return typeof body['error'] === 'string' && body['error'] !== '' && !('data' in body && body['data']);
  } catch {
    return false;
  }
}

/** What a mutation gave: errors of its own, that it was not done, or false to an order. */
function isRefusal(name: string, value: unknown): boolean {
  if (value === false) return /^(create|add|insert|update|edit|delete|remove)(?=[A-Z_]|$)/.test(name);
  if (typeof value !== 'object' || value === null) return false;
  const { errors, userErrors, success, ok } = value as Record<string, unknown>;
  return (
    success === false || ok === false || [errors, userErrors].some((list) => Array.isArray(list) && list.length > 0)
  );
}

export const wasRefused = (w: Sent): boolean =>
  (!w.socket && (w.status === undefined || w.status >= 400)) || refusedInside(w.answer, w.body);

/** How the app received the act, with the reason. `mark` is what was written; the form is gone when the field no longer holds it. */
export function saidOf(change: Change, mark: Mark, honest?: Honest): { said: Said; because: string } {
  const { after, writes, appeared } = change;
  const appTexts = appeared.filter((t) => !fold(t).includes(fold(mark)));
  const bad = writes.filter((w) => !isTelemetry(w)).filter(wasRefused);
  const good = writes.filter((w) => !isTelemetry(w) && !wasRefused(w));
  // What a person sees counts: a page that says it is saved, shows it and speaks of no error has acknowledged it, whatever the answer was.
  const claimed = appTexts.find(soundsSaved);
  const stands = !after.controls.some((c) => c.editable && fold(c.value).includes(fold(mark)));
  if (bad.length && !good.length && claimed && stands && holds(after.text, mark) && !appTexts.some(soundsRefused))
    return { said: 'ok', because: `the page says “${claimed.slice(0, 80)}”, though the answer holds an error` };
  if (bad.length && !good.length)
    return {
      said: 'refused',
      because: bad[0]?.status ? `the answer was ${bad[0].status}` : `no answer came (${bad[0]?.error ?? 'cut'})`,
    };
  const before = change.before.controls.filter((c) => c.invalid).length;
  const fieldsWithMark = after.controls.filter((c) => c.editable && c.value && fold(c.value).includes(fold(mark)));
  const invalid = after.controls.filter((c) => c.invalid && c.editable);
  if (
    !good.length &&
    fieldsWithMark.length &&
    invalid.length &&
    (invalid.length >= before || appTexts.some(soundsRefused))
  )
    return { said: 'refused', because: `the form marks “${invalid[0]?.name}” as invalid` };
  const refusal = appTexts.find((t) => t.length < 200 && soundsRefused(t));
  if (!good.length && fieldsWithMark.length && refusal)
    return { said: 'refused', because: `the page says “${refusal.slice(0, 120)}”` };
  const success = appTexts.map(plainText).find((t) => honest?.successTexts.includes(t));
  if (success) return { said: 'ok', because: `the page says “${success}”, as at honest saves` };
  if (good.length && !(fieldsWithMark.length && refusal))
    return {
      said: 'ok',
      because: `${good[0]?.method} ${good[0]?.status ?? 'sent'}${change.navigated ? ' and another page' : ''}`,
    };
  if (!fieldsWithMark.length && (change.navigated || fold(after.text).includes(fold(mark).slice(0, 6))))
    return { said: 'ok', because: 'the form closed and what was written stands on the page' };
  return {
    said: 'unclear',
    because: good.length
      ? `answered ${good[0]?.status}, but the page says “${refusal?.slice(0, 120)}”`
      : 'nothing was sent and nothing was said',
  };
}

/** Analytics, error reporting, what a development server is told by its own script, and how a client keeps its session and its channels are no writes of the user's. */
export const isTelemetry = (w: Pick<Sent, 'url' | 'kind' | 'body' | 'socket'>): boolean =>
  isUpkeep(w) ||
  /\/(analytics|telemetry|collect|track|beacon|metrics|sentry|envelope|events\/track|ping|heartbeat)\b/i.test(w.url) ||
  w.kind === 'ping' ||
  (w.socket === true &&
    (/webpack-hmr|turbopack|\/_next\/|sockjs-node|ng-cli-ws|live-?_?reload|browser-sync|\bhmr\b|@vite/i.test(w.url) ||
      /"event":"(vite|hmr):/.test(w.body)));

/** A token renewed (RFC 6749, 6), a channel of Phoenix joined, left or kept open: in its first protocol an object, in its second a list. */
const isUpkeep = ({ url, body, socket }: Pick<Sent, 'url' | 'body' | 'socket'>): boolean =>
  socket === true
    ? /^\{"topic":"[^"]*","event":"(phx_join|phx_leave|heartbeat|access_token)"/.test(body) ||
      /^\[("\d+"|null),("\d+"|null),"[^"]+","(phx_join|phx_leave|heartbeat|access_token)",/.test(body)
    : /[?&]grant_type=refresh_token\b/.test(url) ||
      /(^|&)grant_type=refresh_token(&|$)|"grant_type"\s*:\s*"refresh_token"/.test(body);
