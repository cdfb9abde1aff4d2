/** Words for who one is and for what proves it, in the languages that the survey knows, and what is no value of theirs. */

/** Somebody's way in, as a project publishes it for trying it out. */
export interface Published {
  /** A name or an e-mail address. Undefined: a code alone opens. */
  readonly user?: string;
  /** Where a name and an address are both told. */
  readonly email?: string;
  readonly password: string;
  /** From 1. */
  readonly line: number;
}

/** Such a way in, and where it was read: file:line, the log, the page. */
export type WayIn = Omit<Published, 'line'> & { readonly where: string };

export const passwordWords =
  'pass ?words?|passwd|pwd|passwort|kennwort|contrase[ñn]a|clave|mot de passe|senha|palavra-passe|wachtwoord|has[łl]o|пароль|[şs]ifre|parola|密码|密碼|口令|パスワード|비밀번호|암호|पासवर्ड|كلمة (?:المرور|السر)';
export const codeWords =
  'pin(?:-?code)?|pass ?code|access ?code|zugangscode|c[oó]digo de acceso|code d.acc[eè]s|访问码|アクセスコード';
export const userWords =
  'user ?names?|user ?id|user|e-?mail(?: address)?|login(?: id| name)?|account|benutzer(?:name)?|nutzername|usuario|usu[aá]rio|correo(?: electr[oó]nico)?|(?:nom d.)?utilisateur|identifiant|courriel|nome utente|utente|gebruikers?naam|gebruiker|u[żz]ytkownik|пользователь|логин|почта|kullan[ıi]c[ıi](?: ad[ıi])?|e-posta|用户名|用户|账号|帐号|邮箱|ユーザー名?|メール(?:アドレス)?|사용자(?: ?이름)?|아이디|이메일|उपयोगकर्ता(?: नाम)?|ईमेल|اسم المستخدم|البريد(?: الإلكتروني)?';
/** Of a lone password: that it is the one that comes with the app. */
export const defaultWords =
  /default|demo|initial|standard|sample|por defecto|predeterminad|inicial|par d[ée]faut|padr[ãa]o|predefinit|standaard|domy[śs]ln|по умолчанию|varsay[ıi]lan|默认|預設|初始|デフォルト|初期|기본|डिफ़ॉल्ट|الافتراضي/iu;
/** What a heading or a line is about where it tells a way in. */
export const about =
  /credential|log[- ]?in|sign[- ]?in|accounts?\b|demo|test users?|default user|admin(istrator)? user|zugangsdaten|anmeld|zugang|credencia|cuenta|acceso|identifiants|compte|connexion|acesso|conta\b|credenzial|accesso|inlog|logowani|вход|учётн|учетн|giri[şs]|登录|账号|ログイン|アカウント|로그인|계정|लॉगिन|الدخول/iu;
/** Stores, mail and other services have passwords that open no page. */
export const service =
  /(^|[^a-z])(db|database|datenbank|mysql|mariadb|postgres(ql)?|pg|mongo(db)?|redis|smtp|imap|mail|mailer|e-?mail[_ -]?(host|pass\w*)|ftp|ssh|ssl|cert\w*|key(store)?|jwt|api|aws|s3|rabbit\w*|amqp|minio|elastic\w*|proxy|sudo|wi-?fi|docker|registry|broker|mqtt)([^a-z]|$)/i;

const hash =
  /^\$2[abxy]?\$|^\$argon2|^\$[156]\$|^pbkdf2|^scrypt|^\{?(bcrypt|ssha|sha\d*|md5)\b|^[0-9a-f]{32,}$|^[\w+/-]{40,}={0,2}$/i;
const stands =
  /^(your|my|enter|insert|choose|set|some|strong|secure|new|old|current|confirm|hashed|encrypted|plain|wrong|invalid|bad|incorrect)([-_ ].*|password|pass|email)$|^(string|str|text|null|none|nil|undefined|true|false|required|optional|minlength|varchar.*|hash(ed)?|encrypted|here|todo|tbd|empty|hidden|random(ly)?|generated|invalid|incorrect|mismatch|input|field|type|see|any|must|should|has|is|was|are|at|in|on|to|for|of|the|a|an|and|or|not|no|with|will|can|reset|forgot|change|via|from|this|that|it)$/i;
/** An address that stands for everybody's. */
const placed = /^(you|your\w*|name|someone|somebody|me|email)@|^(user|users?name|e-?mail)@(e-?mail|domain|mail)\./i;
const computed =
  /process\.env|import\.meta|environ|getenv|\$\{|\$\(|\{\{|%\(|%[sd]\b|^[$%@:?]|^\{\w*\}$|^<|>$|^\[.*\]$|[(){}]|^__\w+__$|^[x*•.…_#-]+$|\.\.\.|…|^https?:/i;
const labels = new RegExp(`^(?:${passwordWords}|${userWords}|log ?out|sign ?(in|up|out)|register|credentials?)$`, 'iu');

/** A plain text that somebody could type: no hash, no variable, nothing that only stands for one. */
export const isPlain = (value: string): boolean =>
  value.length >= 3 &&
  value.length <= 60 &&
  !/\s/.test(value) &&
  !hash.test(value) &&
  !stands.test(value) &&
  !computed.test(value);

/** Could it be a password? Of its own names only the bare word is one: a form's labels are called so. */
/** Dotted words are what a program reads it from. */
export const isPassword = (value: string): boolean =>
  isPlain(value) && !/^[a-z_$][\w$]*(\.[a-z_$][\w$]*)+$/i.test(value) && (value === 'password' || !labels.test(value));
/** Could it be a name or an address? */
export const isUser = (value: string): boolean =>
  (isEmail(value) || isPlain(value)) &&
  !placed.test(value) &&
  /^[\p{L}\d][\p{L}\d.@+_-]{2,59}$/u.test(value) &&
  !labels.test(value) &&
  !/^(localhost|\d+(\.\d+)+)$/.test(value);
/** A code to be typed by itself. */
export const isCode = (value: string): boolean => isPassword(value) && value.length >= 4;
export const isEmail = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);

/** What it says of itself: to be changed. It may not have been. */
export const isWeak = ({ password }: Pick<Published, 'password'>): boolean =>
  /^change[-_]?(me|this|it)/i.test(password);

/** A name and an address told for one, as one. */
export const known = (name: string | undefined, email: string | undefined): { user?: string; email?: string } =>
  name && email && name !== email ? { user: name, email } : name || email ? { user: (name || email) as string } : {};
