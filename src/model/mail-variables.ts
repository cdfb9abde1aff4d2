/** The variables by which apps are told where their mail goes. Pure. */

type Variables = Readonly<Record<string, string | undefined>>;

/** What frameworks and the makers of Nodemailer-based apps have agreed on; what stands at the start of a name is a family of its own. */
const families = ['SMTP', 'MAIL', 'EMAIL', 'MAILER', 'EMAIL_SERVER'] as const;
/** By which some of them say how they speak: Laravel, Django, Flask, and the many that ask for SMTP_SECURE. */
const manners: Readonly<Record<string, string>> = {
  SMTP_SECURE: 'false',
  SMTP_TLS: 'false',
  MAIL_MAILER: 'smtp',
  MAIL_DRIVER: 'smtp',
  MAIL_SCHEME: 'smtp',
  MAIL_ENCRYPTION: 'null',
  MAIL_SECURE: 'false',
  MAIL_USE_TLS: 'False',
  MAIL_USE_SSL: 'False',
  EMAIL_SECURE: 'false',
  EMAIL_USE_TLS: 'False',
  EMAIL_USE_SSL: 'False',
};
/** Nodemailer and next-auth, Meteor, django-environ, Symfony. */
const addresses = ['SMTP_URL', 'MAIL_URL', 'EMAIL_URL', 'MAILER_URL', 'MAILER_DSN', 'EMAIL_SERVER'];
const sender = 'app@example.com';
const senders = [
  'SMTP_FROM',
  'MAIL_FROM',
  'MAIL_FROM_ADDRESS',
  'MAIL_DEFAULT_SENDER',
  'EMAIL_FROM',
  'DEFAULT_FROM_EMAIL',
];

const hostName = /(^|_)(SMTP|E?MAIL|(NODE)?MAILER)_(\w+_)?(HOST(NAME)?|SERVER|ADDRESS)$/i;
const portName = /(^|_)(SMTP|E?MAIL|(NODE)?MAILER)_(\w+_)?PORT$/i;
const secureName = /(^|_)(SMTP|E?MAIL|(NODE)?MAILER)_(\w+_)?(SECURE|(START)?TLS|SSL)$/i;
const opposite: Readonly<Record<string, string>> = {
  true: 'false',
  True: 'False',
  TRUE: 'FALSE',
  1: '0',
  yes: 'no',
  on: 'off',
};
const mailAddress = /^smtps?(\+\w+)?:\/\//i;

/** Does the variable say where mail goes? */
const saysWhere = (name: string, value = ''): boolean =>
  addresses.includes(name) ||
  portName.test(name) ||
  (hostName.test(name) && !value.includes('@')) ||
  mailAddress.test(value);

/**
 * The variables that lead an app's mail to this port of 127.0.0.1: the usual ones, and those of its own that name a host, a port or an
 * address for mail, or want it encrypted. `own`: its environment, which they win over. `given`: what its user said on purpose, which they do not touch; undefined
 * where that says where mail goes.
 */
export function mailVariables(port: number, own: Variables, given: Variables): Record<string, string> | undefined {
  if (Object.entries(given).some(([name, value]) => saysWhere(name, value))) return undefined;
  const host = '127.0.0.1';
  const url = `smtp://${host}:${port}`;
  const all: Record<string, string> = { ...manners };
  for (const family of families) {
    all[`${family}_HOST`] = host;
    all[`${family}_PORT`] = String(port);
    for (const name of ['USER', 'USERNAME']) all[`${family}_${name}`] = sender;
    for (const name of ['PASS', 'PASSWORD']) all[`${family}_${name}`] = 'caught';
  }
  for (const [end, value] of [
    ['USER', sender],
    ['PASSWORD', 'caught'],
  ] as const)
    all[`EMAIL_HOST_${end}`] = value;
  for (const name of ['SMTP_SERVER', 'MAIL_SERVER']) all[name] = host;
  for (const name of addresses) all[name] = url;
  for (const name of senders) if (!own[name]) all[name] = sender;
  for (const [name, value = ''] of Object.entries(own))
    if (mailAddress.test(value)) all[name] = url;
    else if (portName.test(name) && /^\d+$/.test(value)) all[name] = String(port);
    else if (secureName.test(name) && opposite[value]) all[name] = opposite[value];
    else if (hostName.test(name) && /^[\w.-]+$/.test(value)) all[name] = host;
  for (const name of Object.keys(given)) delete all[name];
  return all;
}
