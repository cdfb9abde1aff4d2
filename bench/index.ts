/**
 * `npm run bench` lists what there is. `npm run bench -- reload [runs]`: the command against a script by hand, in turns, whole processes.
 * `npm run bench -- interrupts [runs]`: what runs that are cut short leave.
 * `npm run bench -- kills [rounds]`: kills around writes, on every store that can be had.
 * `npm run bench -- audit`: where the time of a whole audit goes.
 * `npm run bench -- sections [fixture]`: what each section adds to an audit.
 * `npm run bench -- cold [fixture …]`: seconds and acts, on apps that nobody described.
 * `npm run bench -- survey [folder …]`: how fast the way in is found, over the gallery and more.
 * `npm run bench -- repeat [fixture …]`: the same recipes and verdicts, ten times of ten.
 * `npm run bench -- fit [--write] [folder …]`: the weights of what the survey tries first, fitted to stored walks.
 */
import { audit } from './audit.ts';
import { cold } from './cold.ts';
import { fit } from './fit.ts';
import { interrupts } from './interrupts.ts';
import { kills } from './kills.ts';
import { reload } from './reload.ts';
import { repeat } from './repeat.ts';
import { sections } from './sections.ts';
import { survey } from './survey.ts';

const benches: Readonly<Record<string, { says: string; run(words: readonly string[]): Promise<void> }>> = {
  reload: {
    says: 'plummet reload, with recipes given, against a Playwright script by hand that does the same; then cold',
    async run(words) {
      await reload(Number(words[0] ?? 7));
      await cold([]);
    },
  },
  compare: { says: 'the first half of reload', run: (words) => reload(Number(words[0] ?? 7)) },
  audit: { says: 'where the time of a whole audit of the sound board goes, and acts per second', run: audit },
  sections: { says: 'what each section adds to an audit of the JSON fixture, or of that named', run: sections },
  interrupts: {
    says: 'runs with an app in our hand, cut short at random moments: what is left (200, or so many)',
    run: (words) => interrupts(Number(words[0] ?? 200)),
  },
  kills: {
    says: 'the sound fixture killed while it writes, on every store that can be had here (20 rounds, or so many)',
    run: (words) => kills(Number(words[0] ?? 20)),
  },
  survey: {
    says: 'how fast a way to write is found and verified: the gallery, and folders of apps or runs that are named',
    run: survey,
  },
  fit: {
    says: 'what the survey tries first, fitted to stored walks: our own apps, or folders of runs that are named (--write)',
    run: fit,
  },
  repeat: {
    says: 'five fixtures, or those named, ten times each: the same recipes and verdicts, and the walk again',
    run: repeat,
  },
  cold: { says: 'plummet reload on every fixture, or on those named: seconds and acts', run: cold },
};

const [name = '', ...words] = process.argv.slice(2);
const bench = benches[name];
if (bench) await bench.run(words);
else {
  for (const [key, { says }] of Object.entries(benches)) console.log(`npm run bench -- ${key.padEnd(10)} ${says}`);
  if (name) process.exitCode = 64;
}
