import type { App } from '../../model/app.ts';
import type { Facts } from '../../model/facts.ts';

/** Command lines of servers whose makers say that they are for development. */
const servers: readonly (readonly [RegExp, string])[] = [
  [/(^|[\s/])vite(\.js)?( |$)(?!build)/, 'vite, which its makers do not mean for production'],
  [/(^|[\s/])next(\.js)? dev\b|next-server.*--dev/, 'next dev'],
  [
    /(^|[\s/])(nuxi?|astro|remix|svelte-kit|gatsby|parcel) (dev|develop|serve)\b/,
    'the development server of its framework',
  ],
  [/react-scripts(\.js)? start|(^|[\s/])ng serve|webpack(-dev-server| serve)/, 'a webpack development server'],
  [
    /(^|[\s/])(nodemon|ts-node-dev|node-dev)(\.js)?( |$)|\b(tsx|node|bun|deno)\b.*--?watch\b|tsx\/.*\bwatch\b/,
    'a watcher that starts it anew at each change',
  ],
  [/manage\.py runserver/, "Django's runserver"],
  [/\bflask( --\S+( \S+)?)* run\b|-m flask\b.*\brun\b/, "Flask's own server"],
  [/\b(uvicorn|hypercorn)\b.*--reload/, 'a server with --reload'],
  [/\bphp\d? .*-S\b/, "PHP's development server"],
  [/\brails? (s|server)\b(?!.*-e production)/, 'rails server outside production'],
];

/** Which development server a command line starts, if one that is known. Pure. */
export const developmentIn = (commands: readonly string[]): { command: string; server: string } | undefined =>
  commands
    .flatMap((command) => {
      const [, server] = servers.find(([line]) => line.test(command)) ?? [];
      return server ? [{ command, server }] : [];
    })
    .at(0);

/** The development server that serves the app, in words: by what its pages show, or by what runs. To be spread into an observation. */
export function developmentOf(facts: Facts, app: App): { development?: string } {
  const found = facts.development ?? developmentIn([...app.processes.map((p) => p.run), ...app.commands()])?.server;
  return found ? { development: found } : {};
}
