import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inProse } from './prose.ts';
import type { Published } from './words.ts';

const told = (found: readonly Published[]): string[] =>
  found.map(({ user = '-', email, password }) => `${user}${email ? `(${email})` : ''} ${password}`);

describe('what a text for people tells of a way in', () => {
  for (const [text, ...expected] of [
    ['Login: admin / admin123', 'admin admin123'],
    ['## Demo credentials\n\n- admin / admin123\n- user / user123', 'admin admin123', 'user user123'],
    ['Login: demo@example.com, password: demo', 'demo@example.com demo'],
    ['The default login for the program is:\nUsername: admin\nPassword: password', 'admin password'],
    ['**Email:** ada@shop.example  \n**Password:** Ada@123', 'ada@shop.example Ada@123'],
    ['Use username `admin` and password `secret99`.', 'admin secret99'],
    ['Password: `secret` for user `bob`', 'bob secret'],
    ['Open http://127.0.0.1:4000/login (admin / pass)', 'admin pass'],
    [
      '- Admin: ada@acme.example / Admin123!\n- User: bob@acme.example / User123!',
      'ada@acme.example Admin123!',
      'bob@acme.example User123!',
    ],
    [
      '| Role | Email | Password |\n|---|---|---|\n| Admin | a@x.example | `admin123` |\n| User | u@x.example | user123 |',
      'a@x.example admin123',
      'u@x.example user123',
    ],
    ['Accounts (password: demo123):\n- alice@example.com\n- bob@example.com', 'alice@example.com demo123'],
    ['Log in as demo:demo', 'demo demo'],
    ['Benutzer: chef\nPasswort: geheim1', 'chef geheim1'],
    ['Usuario: admin\nContraseña: hola1', 'admin hola1'],
    ['Identifiant : admin\nMot de passe : azerty1', 'admin azerty1'],
    ['Usuário: admin, senha: abc123', 'admin abc123'],
    ['Utente: admin\nPassword: ciao1', 'admin ciao1'],
    ['Gebruikersnaam: piet\nWachtwoord: fiets1', 'piet fiets1'],
    ['Użytkownik: ala\nHasło: makota1', 'ala makota1'],
    ['Логин: admin\nПароль: qwerty1', 'admin qwerty1'],
    ['Kullanıcı adı: admin\nŞifre: abc123', 'admin abc123'],
    ['账号：admin，密码：123456', 'admin 123456'],
    ['ユーザー名: admin\nパスワード: admin123', 'admin admin123'],
    ['사용자: admin\n비밀번호: admin123', 'admin admin123'],
    ['ईमेल: a@x.example\nपासवर्ड: admin123', 'a@x.example admin123'],
    ['اسم المستخدم: admin\nكلمة المرور: admin123', 'admin admin123'],
    ['Password for admin@x.example is `changeme`', 'admin@x.example changeme'],
  ] as const)
    it(JSON.stringify(text), () => assert.deepEqual(told(inProse(text)), expected));

  it('says in which line', () => assert.equal(inProse('# App\n\nRun it.\n\nLogin: admin / admin123')[0]?.line, 5));
});

describe('a code alone', () => {
  for (const [text, code] of [
    ['PIN: 0000', '0000'],
    ['The access code 1234 opens it', '1234'],
    ['Default password: 0000', '0000'],
    ['默认密码: 0000', '0000'],
    ['- **默认家长密码**：`0000`（首次登录后请立即修改）', '0000'],
    ['Standardpasswort: 1234', '1234'],
    ['Contraseña por defecto: 4321', '4321'],
    ['Mot de passe par défaut : 4321', '4321'],
  ] as const)
    it(text, () => assert.deepEqual(told(inProse(text)), [`- ${code}`]));
});

describe('what an app prints', () => {
  for (const [line, expected] of [
    ['Admin password: x7fQ2', 'admin x7fQ2'],
    ['default login: admin/admin', 'admin admin'],
    ['Created user ada with password: kQzYpW', 'ada kQzYpW'],
    ['Created admin user with password: Zx81kk', 'admin Zx81kk'],
    ['[12:00:01] INFO seeded ada@local.example with password S3cret!x', 'ada@local.example S3cret!x'],
  ] as const)
    it(line, () => assert.deepEqual(told(inProse(line, 0)), [expected]));
});

describe('what is none', () => {
  for (const text of [
    'Password: process.env.X',
    'Email: a@x.example\nPassword: <password>',
    'Email: a@x.example\nPassword: your-password',
    'Email: a@x.example\nPassword: ********',
    'Email: a@x.example\nPassword: $2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
    'Email: a@x.example\nPassword: at least 8 characters',
    'Enter your email and password to continue',
    'The user enters password correctly',
    'Database user: root\nDatabase password: root1',
    'DB_PASSWORD=root1',
    'postgres://user:pass1@localhost/db',
    'GET /login/register2',
    'Roles of an account: admin/user',
    'Login/Logout',
    'Login via Google/GitHub2',
    'Sign in at http://localhost:3000/login',
    'Accounts live in src/accounts/login2.ts',
    'Login with node:20-alpine',
    'POST /auth/login | body: email / password',
    '| `preference`, `avatar_path` | columns of the account |',
    '| Field | Type |\n|---|---|\n| email | string |\n| password | string |',
    'Password: hunter2',
    '# Login\n\n1. Open the page\n2. 10:30 / 11:45',
  ])
    it(JSON.stringify(text), () => assert.deepEqual(told(inProse(text)), []));
});
