import type { Sent } from '../model/browser.ts';

/** Is this a development server? The evidence in a sentence, or nothing. */
export function developmentServer(traffic: readonly Sent[]): string | undefined {
  for (const r of traffic) {
    if (/\/@vite\/client|\/@react-refresh|\/node_modules\/\.vite\//.test(r.url))
      return `vite's development server (it serves ${new URL(r.url).pathname})`;
    if (/\/_next\/webpack-hmr|\/_next\/static\/development\/|turbopack-hmr/.test(r.url))
      return 'next dev (it serves its hot-reload socket)';
    if (/\/ng-cli-ws|\/sockjs-node\/info|\/__webpack_hmr|\/webpack-dev-server/.test(r.url))
      return 'a webpack development server (hot-reload socket)';
    if (/werkzeug/i.test(r.answerHeaders['server'] ?? ''))
      return `Flask's development server (Server: ${r.answerHeaders['server']})`;
    if (
      /PHP .* Development Server/i.test(r.answerHeaders['server'] ?? '') ||
      r.answerHeaders['host']?.includes('php -S')
    )
      return "PHP's development server";
    if (/WSGIServer/i.test(r.answerHeaders['server'] ?? '')) return undefined;
  }
  return undefined;
}
