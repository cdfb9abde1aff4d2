/** Serves what the families of `kits/` were built to, each at its name, before a server that keeps their things and checks them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpError, html, type Reply, serve } from '../../fixtures/_kit/http.ts';
import type { RunningFixture } from '../../fixtures/contract.ts';
import { keeping } from '../../fixtures/gallery/keeping.ts';
import { all, filled, matches, type Rule } from '../../fixtures/gallery/rules.ts';

const dist = join(import.meta.dirname, '../../kits/dist');
const kind = matches('kind', /^(River|Lake|Sea)$/, 'Please choose a kind.');
const day = matches('day', /^\d{4}-\d\d-\d\d$/, 'Please choose a day.');
const owner = matches('owner', /^(Iris|Juno|Otto)$/, 'Please choose an owner from the list.');
const sure: Rule = (item) => (item.sure === true ? undefined : ['sure', 'Please switch on “Sure”.']);

/** What each family's page does not do without, beside a title. */
export const families: Readonly<Record<string, Rule>> = {
  mui: all(kind, day, sure),
  antd: all(kind, day, filled('plan')),
  radix: all(kind, day, sure),
  aria: all(kind, day, owner),
  element: all(kind, day, sure),
  vuetify: all(kind, day, owner),
  bits: all(kind, day, owner),
  material: all(kind, day, filled('plan')),
};

const page = (name: string): Reply =>
  html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Things</title><link rel="icon" href="/icon.svg">
${existsSync(join(dist, `${name}.css`)) ? `<link rel="stylesheet" href="/${name}.css">` : ''}</head>
<body><header><strong>Things</strong></header><main><h1>Things</h1><div id="app"></div></main>
<script type="module" src="/${name}.js"></script></body></html>`);

export function serveKits(): Promise<RunningFixture> {
  return serve({
    assets: Object.fromEntries(
      readdirSync(dist, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(js|css)$/.test(file))
        .map((file) => [`/${file}`, readFileSync(join(dist, file), 'utf8')]),
    ),
    routes: {
      'GET /:name': ({ params }) => {
        const { name = '' } = params;
        if (!(name in families)) throw new HttpError(404, 'There is no such family.');
        return page(name);
      },
      ...keeping(new Set(Object.keys(families)), families),
    },
  });
}
