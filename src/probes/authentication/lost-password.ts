/** The form for a lost password: found by what the link beside the log-in is called. */
import type { Change, Control, Tab, View } from '../../model/browser.ts';
import { describe } from '../../model/match.ts';
import type { Step, Values } from '../../model/recipe.ts';

/** In lower case, without accents. */
const lost =
  /(forgot|forgotten|lost|reset|recover|trouble)[^.]{0,20}(password|passwort|log ?in|sign ?in|account)|can.t (log|sign) in|password (vergessen|reset|recovery)|passwort (vergessen|zurucksetzen)|kennwort vergessen|(olvidaste|olvide|recuperar|restablecer)[^.]{0,20}(contrasena|clave)|mot de passe (oublie|perdu)|(esqueci|esqueceu|recuperar|redefinir)[^.]{0,20}senha|password dimenticata|wachtwoord vergeten|zapomniale[sm]? hasla|nie pamietasz hasla|забыли пароль|восстанов\p{L}* парол|sifremi unuttum|忘记密码|忘記密碼|パスワードを(お忘れ|忘れ)|비밀번호 (찾기|를 잊)|पासवर्ड भूल|نسيت كلمة (المرور|السر)/u;
const flat = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC');

const linkIn = (view: View): Control | undefined =>
  view.controls.find((c) => !c.editable && !c.disabled && lost.test(flat(c.name)));

/** The way from the log-in form to a form that asks for an address and no password: what fills it, and what sends it. */
export interface LostPassword {
  readonly steps: readonly Step[];
}

const search = /^(q|s|query)$|search|such(e|en)\b|buscar|busca\b|recherche|zoek|szukaj|поиск|搜索|検索/i;
const address = /mail|user|login|account|phone|konto|correo|usuario|usu[aá]rio|utilisateur|courriel/i;

/** The field for an address and the button beside it: what is called so before what is not, in the page's middle before its edges. No search. */
export function formIn(view: Pick<View, 'controls' | 'groups'>): { field: Control; button: Control } | undefined {
  const rank = (c: Control): number =>
    (c.type === 'email' || [c.name, c.attr, c.placeholder, c.autocomplete].some((text) => address.test(text)) ? 0 : 1) +
    (/^(main|dialog)$/.test(c.region) ? 0 : 2);
  const isSearch = (c: Control): boolean => {
    const { heading = '', action = '' } = view.groups[c.group] ?? {};
    const around = c.type === 'email' ? [] : [heading, URL.parse(action, 'http://a')?.pathname ?? ''];
    return c.region === 'search' || [c.name, c.attr, c.placeholder, ...around].some((text) => search.test(text));
  };
  const fields = view.controls
    .filter((c) => c.editable && !c.disabled && /^(email|text|tel|)$/.test(c.type) && !isSearch(c))
    .sort((a, b) => rank(a) - rank(b));
  for (const field of fields) {
    const beside = view.controls.filter((c) => c.group === field.group);
    const button =
      beside.find((c) => !c.editable && c.submits && !c.disabled) ?? beside.find((c) => c.role === 'button');
    if (button && !beside.some((c) => c.type === 'password')) return { field, button };
  }
  return undefined;
}

/** `way`: what leads to the log-in form. `none`: no such link stands there. A text: why the form behind it could not be had. */
export async function lostPassword(tab: Tab, way: readonly Step[]): Promise<LostPassword | 'none' | string> {
  for (const step of way) if ('missing' in (await tab.act(step))) return 'the log-in form could not be opened again';
  const door = await tab.view();
  const link = linkIn(door);
  if (!link) return 'none';
  const open: Step = { do: 'click', on: describe(link, door) };
  const opened = await tab.act(open, { control: link });
  if ('missing' in opened) return `“${link.name}” could not be pressed`;
  const view = opened.after;
  const form = formIn(view);
  if (form)
    return {
      steps: [
        ...way,
        open,
        { do: 'fill', on: describe(form.field, view), value: '{email}' },
        { do: 'click', on: describe(form.button, view), commits: true },
      ],
    };
  return `behind “${link.name}” no form that asks for an address was found`;
}

/** Sends it with this address; undefined where a control was not there this time. */
export async function askFor(tab: Tab, { steps }: LostPassword, values: Values): Promise<Change | undefined> {
  let last: Change | undefined;
  for (const step of steps) {
    const change = await tab.act(step, { values });
    if ('missing' in change) return undefined;
    last = change;
  }
  return last;
}
