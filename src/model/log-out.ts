/** What logs out is called, as data: plain words without accents, parted by a bar. The survey keeps off it, a probe looks for it. */

/** English, German, Spanish, French, Portuguese. */
export const logOutWords =
  'log ?-?out|log ?off|sign ?-?out|abmelden|ausloggen|cerrar (la )?sesion|salir|deconnexion|(se )?deconnecter|sair|terminar sessao|encerrar sessao';

/** Italian, Dutch, Polish, Russian, Turkish, Chinese, Japanese, Korean, Hindi, Arabic. */
export const moreLogOutWords =
  'esci|disconnetti|uitloggen|afmelden|wyloguj( sie)?|выйти|выход|cikis( yap)?|oturumu kapat|退出|登出|注销|ログアウト|サインアウト|로그아웃|लॉग आउट|लॉगआउट|تسجيل الخروج|خروج';

const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const words = `${logOutWords}|${moreLogOutWords}`.split('|');
const called = new RegExp(
  `${words.filter((word) => unparted.test(word)).join('|')}|(^|[^\\p{L}])(${words.filter((word) => !unparted.test(word)).join('|')})($|[^\\p{L}])`,
  'u',
);
/** Beside the own session it ends others, or more than a session: an account, a membership. */
const ofMore =
  /account|konto|compte|cuenta|conta\b|账[号户]|帳[號戶]|everywhere|all |other|others|alle |todos|toutes|board|group|team|workspace|channel|project/;

/** Is it called as what logs out, here and nothing else? */
export function saysLogOut(name: string): boolean {
  const plain = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .replaceAll('ı', 'i')
    .normalize('NFC');
  return plain.length < 60 && called.test(plain) && !ofMore.test(plain);
}
