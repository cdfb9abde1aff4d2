/**
 * `npm run bench` lists what there is. `npm run bench -- reload [runs]`: the command against a script by hand, in turns, whole processes.
 * `npm run bench -- cold [fixture …]`: seconds and acts, on apps that nobody described.
 */
import { cold } from './cold.ts';
import { reload } from './reload.ts';

const benches: Readonly<Record<string, { says: string; run(words: readonly string[]): Promise<void> }>> = {
  reload: {
    says: 'plummet reload, with recipes given, against a Playwright script by hand that does the same; then cold',
    async run(words) {
      await reload(Number(words[0] ?? 7));
      await cold([]);
    },
  },
  compare: { says: 'the first half of reload', run: (words) => reload(Number(words[0] ?? 7)) },
  cold: { says: 'plummet reload on every fixture, or on those named: seconds and acts', run: cold },
};

const [name = '', ...words] = process.argv.slice(2);
const bench = benches[name];
if (bench) await bench.run(words);
else {
  for (const [key, { says }] of Object.entries(benches)) console.log(`npm run bench -- ${key.padEnd(8)} ${says}`);
  if (name) process.exitCode = 64;
}
