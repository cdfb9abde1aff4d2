import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inCode, inEnvironment } from './code.ts';
import type { Published } from './words.ts';

const told = (found: readonly Published[]): string[] =>
  found.map(({ user = '-', email, password }) => `${user}${email ? `(${email})` : ''} ${password}`);

describe('what code tells of a way in', () => {
  for (const [says, code, ...expected] of [
    ['an object', "{ email: 'a@b.example', password: 'x1y' }", 'a@b.example x1y'],
    [
      'a list of them, in either order',
      "[\n { email: 'a@b.example', password: 'pw1' },\n { email: 'c@d.example', password: 'pw2' },\n { password: 'pw3', username: 'third' },\n]",
      'a@b.example pw1',
      'c@d.example pw2',
      'third pw3',
    ],
    ['a dict of Python', "{'email': 'p@y.example', 'password': 'pyth1'}", 'p@y.example pyth1'],
    [
      'named arguments',
      "create_user(username='ada', email='a@x.example', password='ada12345')",
      'ada(a@x.example) ada12345',
    ],
    ['a superuser of Django', "create_superuser('admin', 'a@x.example', 'adminpass')", 'admin(a@x.example) adminpass'],
    ['two arguments', "await createUser('bob@x.example', 'bobpw1')", 'bob@x.example bobpw1'],
    ['set_password', "u = User(username='admin')\nu.set_password('admin123')", 'admin admin123'],
    ['a hash made in place', "User(username='admin', password_hash=generate_password_hash('admin1'))", 'admin admin1'],
    [
      'a hash made before',
      "const hash = await bcrypt.hash('admin123', 10);\nawait db.user.create({ data: { email: 'a@x.example', password: hash } });",
      'a@x.example admin123',
    ],
    [
      'PHP',
      "$hash = password_hash('admin123', PASSWORD_DEFAULT);\n$insert->execute([\n  'username' => 'admin',\n  'password_hash' => $hash,\n]);",
      'admin admin123',
    ],
    ['Laravel', "'email' => 'ada@x.example', 'password' => Hash::make('secret1'),", 'ada@x.example secret1'],
    [
      'Rails',
      "User.create!(email: 'r@x.example', password: 'rails1', password_confirmation: 'rails1')",
      'r@x.example rails1',
    ],
    ['Go', 'user := User{Email: "go@x.example", Password: "gopher1"}', 'go@x.example gopher1'],
    [
      'SQL, without the hashed row',
      "INSERT INTO users (username, email, password) VALUES ('bob', 'bob@x.example', 'bobpw'), ('eve', 'eve@x.example', '$2b$10$N9qo8uLOickgx2ZMRZoMye');",
      'bob(bob@x.example) bobpw',
    ],
    [
      'SQL with question marks',
      `db.run("INSERT INTO users (username, password, role) VALUES (?, ?, 'admin')", ['ada', hashSync('admin99', 10)]);`,
      'ada admin99',
    ],
    [
      'defaults of variables',
      "const ADMIN_EMAIL = process.env.ADMIN_EMAIL || 'a@x.example';\nconst ADMIN_PASSWORD = process.env.ADMIN_PASSWORD ?? 'letmein1';",
      'a@x.example letmein1',
    ],
    ['a comparison', "if (email === 'demo@x.example' && password === 'demo') enter();", 'demo@x.example demo'],
    ['a comparison with a lone password', "if (passwordInput === '4711pass') setInside(true);", '- 4711pass'],
    ['a comparison with a lone code', "if (pin.value.trim() == '4711') enter();", '- 4711'],
    ['a comment', '// Default admin: admin / admin123', 'admin admin123'],
    ['what is printed', "console.log('Seeded login: a@x.example / pw123');", 'a@x.example pw123'],
  ] as const)
    it(says, () => assert.deepEqual(told(inCode(code)), expected));
});

describe('what is none in code', () => {
  for (const code of [
    "{ email: 'a@b.example', password: process.env.X }",
    "{ email: 'a@b.example', password: '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy' }",
    "{ email: 'you@example.com', password: 'your-password' }",
    "{ email: 'Email', password: 'Password' }",
    "{ email: 'correo', password: 'contraseña' }",
    "if (passwordStrength === 'weak') warn();",
    "type={passwordType === 'password' ? 'text' : 'password'}",
    "z.object({ email: z.string(), password: z.string().min(8, 'Password too short') })",
    "{ email: 'required|email', password: 'required|min:8' }",
    '<input type="email" name="email"><input type="password" placeholder="Password">',
    "createConnection({ host: 'localhost', user: 'root', password: 'root1', database: 'x' })",
    "smtp: { auth: { user: 'bot@x.example', password: 'mail1' } }",
    "const DB_USER = 'app';\nconst DB_PASSWORD = 'app12';",
    "document.getElementById('password').value = 'abc123';",
    "{ name: 'email', label: 'E-mail' }, { name: 'password', type: 'password' }",
  ])
    it(code.split('\n')[0] ?? '', () => assert.deepEqual(told(inCode(code)), []));
});

describe('what variables tell', () => {
  for (const [text, ...expected] of [
    ['ADMIN_EMAIL=a@x.example\nADMIN_PASSWORD=pw1', 'a@x.example pw1'],
    ['FIRST_SUPERUSER=a@x.example\nFIRST_SUPERUSER_PASSWORD=changethis', 'a@x.example changethis'],
    [
      'DJANGO_SUPERUSER_USERNAME=ada\nDJANGO_SUPERUSER_EMAIL=a@x.example\nDJANGO_SUPERUSER_PASSWORD=djpw',
      'ada(a@x.example) djpw',
    ],
    ['SEED_USER=ada\nSEED_PASSWORD=pw12', 'ada pw12'],
    ['DEFAULT_USERNAME="ada"\nDEFAULT_PASSWORD="pw12" # change it', 'ada pw12'],
    ['ADMIN_PASSWORD=s3cret', 'admin s3cret'],
    ['PIN=4711', '- 4711'],
    ['ACCESS_CODE=open1234', '- open1234'],
    ['DB_USER=ada\nDB_PASSWORD=zzz1\nPOSTGRES_PASSWORD=abc1\nSMTP_PASSWORD=abcd'],
    ['EMAIL_HOST_USER=a@b.example\nEMAIL_HOST_PASSWORD=abc1'],
    ['ADMIN_PASSWORD=your-password-here'],
    ['ADMIN_PASSWORD=<password>'],
    ['ADMIN_PASSWORD=${SECRET}'],
    ['ADMIN_PASSWORD_HASH=$2b$10$abc'],
  ])
    it(JSON.stringify(text), () => assert.deepEqual(told(inEnvironment(text ?? '')), expected));
});
