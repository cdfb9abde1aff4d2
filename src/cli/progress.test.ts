import assert from 'node:assert/strict';
import { test } from 'node:test';
import { live } from './progress.ts';

test('on a terminal progress is one line that is wiped, and nothing of the app drives it', () => {
  let written = '';
  const line = live({
    write(text) {
      written += text;
    },
    tty: true,
    columns: 40,
  });
  line.progress({ stage: 'survey', says: `title \x1b[2J\n${'x'.repeat(100)}`, at: 1200 });
  line.end();
  assert.match(written, /^\r\x1b\[2K {2}1\.2 s {2}survey: title x+…\r\x1b\[2K$/);
  assert.ok(written.split('\r').every((part) => part.replace('\x1b[2K', '').length < 40));
});
