import assert from 'node:assert/strict';
import { it } from 'node:test';
import { saysLogOut } from './log-out.ts';

it('knows what logs out in many languages, and takes nothing else for it', () => {
  for (const name of [
    'Log out',
    'Logout',
    'Sign out',
    'Abmelden',
    'Cerrar sesión',
    'Déconnexion',
    'Se déconnecter',
    'Sair',
    'Çıkış yap',
    '退出登录',
    'ログアウト',
    '로그아웃',
    'लॉग आउट',
    'Выйти',
    'تسجيل الخروج',
  ])
    assert.ok(saysLogOut(name), name);
  for (const name of [
    'Log in',
    'Login',
    'Sign up',
    'About',
    'Leave board',
    'Quit',
    '注销账号',
    'Sign out everywhere',
    'Log out of all devices',
    'Salida de almacén',
    'Logistics outbound',
  ])
    assert.ok(!saysLogOut(name), name);
});
