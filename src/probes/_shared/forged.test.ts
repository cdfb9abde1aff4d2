import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf, forgedForms, forgedJson } from './forged.ts';

const url = 'http://127.0.0.1:3000/notes?a="><script>';
const urlencoded = {
  method: 'POST',
  url,
  type: 'application/x-www-form-urlencoded',
  body: '_csrf=a1&title=ab%22c&tags=x&tags=y',
};

test('a form is sent with what another site has of it: tokens are left out, or are its own', () => {
  const [form, fetched] = forgedForms(urlencoded, { _csrf: undefined }, false);
  assert.match(
    form?.html ?? '',
    /action="http:\/\/127\.0\.0\.1:3000\/notes\?a=&quot;&gt;&lt;script&gt;" enctype="application\/x-www-form-urlencoded"><input type="hidden" name="title" value="ab&quot;c"><input type="hidden" name="tags" value="x"><input type="hidden" name="tags" value="y"><\/form>/,
  );
  assert.match(fetched?.html ?? '', /"mode":"no-cors".*"body":"title=ab%22c&tags=x&tags=y"/);
  assert.ok(!fetched?.html.includes('a="><script>'), 'an address cannot end the script');
  const [own, ...more] = forgedForms(urlencoded, { _csrf: 'theirs' }, true);
  assert.match(own?.html ?? '', /name="_csrf" value="theirs"/);
  assert.deepEqual(more, []);
  assert.deepEqual(forgedForms({ ...urlencoded, method: 'PUT' }, {}, false), [], 'no form sends PUT');
});

test('parts of multipart/form-data are fields, and a file is none that a page sends by itself', () => {
  const part = (head: string, value: string): string =>
    `--b1\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
  const body = `${part('name="title"', 'one\r\n\r\ntwo')}${part('name="x"', '')}--b1--\r\n`;
  const honest = { method: 'POST', url, type: 'multipart/form-data; boundary=b1', body };
  assert.deepEqual(fieldsOf(honest), [
    ['title', 'one\r\n\r\ntwo'],
    ['x', ''],
  ]);
  assert.match(forgedForms(honest, {}, false)[0]?.html ?? '', /enctype="multipart\/form-data"/);
  assert.equal(fieldsOf({ ...honest, body: `${part('name="f"; filename="a.png"', '..')}--b1--\r\n` }), undefined);
});

test('JSON is sent as text that is JSON, as fields, and by asking first', () => {
  const honest = {
    method: 'POST',
    url: 'http://127.0.0.1:3000/api',
    type: 'application/json',
    body: '{"title":"ab","done":false}',
  };
  const ways = forgedJson(honest);
  assert.deepEqual(
    ways.map(({ way }) => way),
    [
      'a form (text/plain that is JSON)',
      'a form (application/x-www-form-urlencoded)',
      'fetch with credentials (text/plain that is JSON, no-cors)',
      'fetch with credentials (application/json, after a preflight)',
    ],
  );
  const [, name, value] = /name="([^"]*)" value="([^"]*)"/.exec(ways[0]?.html ?? '') ?? [];
  const plain = (text = ''): string => text.replaceAll('&quot;', '"');
  assert.deepEqual(JSON.parse(`${plain(name)}=${plain(value)}`), { title: 'ab', done: false, _: '=' });
  assert.deepEqual(
    forgedJson({ ...honest, method: 'PUT' }).map(({ way }) => way),
    ['fetch with credentials (application/json, after a preflight)'],
  );
  assert.deepEqual(forgedJson({ ...honest, body: 'no JSON' }), []);
});
