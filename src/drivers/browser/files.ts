import type { SmallFile } from '../../model/recipe.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mPQyFuAFTEMLQkAKopNgcOStj8AAAAASUVORK5CYII=';
const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

/** A file of a few bytes as a person might choose it from the disk. */
export const smallFile = (kind: SmallFile): { name: string; mimeType: string; buffer: Buffer } => ({
  name: `sounding.${kind}`,
  mimeType: { png: 'image/png', txt: 'text/plain', csv: 'text/csv', json: 'application/json', pdf: 'application/pdf' }[
    kind
  ],
  buffer: {
    png: Buffer.from(png, 'base64'),
    txt: Buffer.from('A small file to sound the depth.\n'),
    csv: Buffer.from('name,depth\nsounding,3\n'),
    json: Buffer.from('{"name":"sounding","depth":3}\n'),
    pdf: Buffer.from(pdf),
  }[kind],
});
