/** Doors that nobody can open from here are named, with what a person can give instead. */

import { list } from '../lib/text.ts';
import type { Control, View } from '../model/browser.ts';
import { forms } from './classify.ts';
import { says } from './words.ts';

const providers: Readonly<Record<string, RegExp>> = {
  Google: /google|accounts\.google\.com/i,
  GitHub: /github/i,
  GitLab: /gitlab/i,
  Facebook: /facebook/i,
  Apple: /\bapple\b|appleid\./i,
  Microsoft: /microsoft|azure|office ?365|login\.live|entra id/i,
  LinkedIn: /linkedin/i,
  Discord: /discord/i,
  Slack: /\bslack\b/i,
  Twitter: /twitter|\bwith x\b/i,
  Replit: /replit/i,
  Kakao: /kakao|카카오/i,
  Naver: /naver|네이버/i,
  WeChat: /wechat|weixin|微信/i,
  Line: /\bLINE\b/,
  Yandex: /yandex|яндекс/i,
  'single sign-on': /\bsso\b|single sign-?on|saml|openid|\boidc\b|keycloak|okta|auth0/i,
};
const passkey =
  /pass-?key|webauthn|security key|biometri|face ?id|touch ?id|windows hello|sicherheitsschl[üu]ssel|llave de (acceso|seguridad)|cl[ée] d.acc[èe]s|パスキー|패스키|通行密钥/i;
const captcha =
  /captcha|turnstile|i.?m not a robot|kein roboter|no soy un robot|je ne suis pas un robot|não sou um robô|не робот|验证码|認証コード画像/i;
/** What leads on to such a door, as it is called. */
const enters =
  /(?<!\p{L})(with|mit|con|avec|com|via|by|using|continue|weiter|continuar|met|z|через|ile)(?!\p{L})|で|로/iu;

export interface Elsewhere {
  readonly says: string;
  readonly wants: string;
}

/** Is there a field for a name, an address or a password that belongs to a door? */
const hasForm = (view: View): boolean =>
  view.controls.some((c) => c.type === 'password' || c.type === 'email') ||
  forms(view).some((f) => ['log-in', 'sign-up', 'code-door', 'name-door'].includes(f.purpose));

/**
 * A door of another kind that stands here, and what to give. One of ours beside it is not passed over: then only what guards that itself (a
 * captcha in it) counts. Undefined where there is none.
 */
export function elsewhere(view: View, entry: string): Elsewhere | undefined {
  const wants = `plummet login ${new URL(entry).origin}, which lets you log in by hand once, or --storage-state with a session`;
  const form = hasForm(view);
  const guarded =
    forms(view).some(
      (f) => ['log-in', 'sign-up'].includes(f.purpose) && f.fields.some((c) => captcha.test(`${c.name} ${c.attr}`)),
    ) ||
    (form && view.captcha === true);
  if (guarded) return { says: 'a log-in behind a captcha, which only a person passes', wants };
  if (form) return undefined;
  const away = new URL(view.url);
  if (/^https?:$/.test(away.protocol) && away.host !== new URL(entry).host)
    return { says: `a log-in at ${away.host}, which is not reached from here`, wants };
  const doors = view.controls.filter((c) => !c.editable && c.role !== 'text' && c.region !== 'footer');
  // A link to somebody's page at a provider is no door; one that goes on from here, or to where one is asked, is.
  const origin = new URL(entry).origin;
  const leadsIn = (c: Control): boolean =>
    c.href === '' || c.href.startsWith(origin) || /oauth|\/auth\/|\/login|authorize|sign-?in|accounts\./i.test(c.href);
  const by = Object.entries(providers).flatMap(([name, pattern]) =>
    doors.some(
      (c) =>
        (pattern.test(c.name) &&
          c.name.length < 60 &&
          leadsIn(c) &&
          (says('logIn', c.name) || says('signUp', c.name) || enters.test(c.name) || c.name.trim().length < 12)) ||
        (pattern.test(c.href) && /oauth|\/auth\/|\/login\/|accounts\.google|authorize|signin/i.test(c.href)),
    )
      ? [name]
      : [],
  );
  const key = doors.some((c) => passkey.test(c.name));
  if (by.length)
    return {
      says: `a log-in by ${list([...by, ...(key ? ['a passkey'] : [])], 'or')} alone, which nobody can pass from here`,
      wants,
    };
  if (key) return { says: 'a log-in by a passkey alone, which stays on the device of its owner', wants };
  return undefined;
}
