/**
 * Writes records whose text holds accents, emoji, quotes and markup, newlines, and ten thousand characters, each beside a mark of its
 * own, and reads each back after a fresh load: from the answers, the fields and the page. Control: the mark itself came back.
 * What could deceive it: lists that cut or capitalise (only a field, an answer or a page of its own says "altered"); trim, CRLF, NFC
 * and smart quotes are sound; a field that takes fewer characters takes fewer; a refusal is an honest answer.
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { type Recipe, type Step, sendOf } from '../../model/recipe.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, placesOf, recordOf } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { textsAround } from './texts-around.ts';

const trial = z.object({
  name: z.string(),
  back: z.enum(['same', 'altered', 'refused', 'could-not-look']),
  sent: z.string(),
  got: z.string().optional(),
  evidence: evidenceId,
});
const observed = z.object({
  kept: z.boolean(),
  carries: z.string(),
  where: z.string(),
  trials: z.array(trial),
  recordEvidence: z.array(evidenceId),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

const samples: readonly { name: string; text: string; lines?: boolean }[] = [
  { name: 'accents', text: 'Zażółć gęślą jaźń, ÀÉÎÕÜ ñ ß ç' },
  { name: 'emoji', text: 'party 🎉 family 👩‍👩‍👧 flag 🇪🇺' },
  { name: 'quotes and markup', text: `"double" 'single' <b>bold</b> & &amp; \\ % 100%` },
  { name: 'newlines', text: 'first line\nsecond line\n\nfourth line', lines: true },
  {
    name: '10,000 characters',
    text: 'the lead on a sounding line tells how deep it is; '.repeat(200).slice(0, 9980),
    lines: true,
  },
];

/** The create recipe with a text of ours: in the long field where there is one, else in the field of the mark. */
function withText(create: Recipe, long: Step | undefined): Recipe {
  const written = (s: Step): Step =>
    s.do === 'fill' && s.marked
      ? { ...s, value: '{text}' }
      : s.do === 'send' && s.body
        ? { ...s, body: s.body.replace('{mark}', '{text}') }
        : s;
  if (!long) return { ...create, steps: create.steps.map(written) };
  const others = create.steps.filter(
    (s) => !(s.do === 'fill' && long.do === 'fill' && s.on.css === long.on.css && !s.marked),
  );
  const at = others.findLastIndex((s) => s.do === 'fill' && s.marked);
  return { ...create, steps: [...others.slice(0, at + 1), long, ...others.slice(at + 1)] };
}

/** The mark is what the record is called by in its address: no free text. */
const isName = (create: Recipe): boolean => sendOf(create)?.own?.includes('{mark}') ?? false;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, clock } = context;
  const record = recordOf(facts);
  const base = {
    kept: record.kind === 'kept',
    carries: record.carries,
    where: record.places[0]?.url ?? facts.entry,
    trials: [],
    recordEvidence: [...record.evidence],
    reproduce: reproduce(
      facts,
      `for (const text of ${JSON.stringify(samples.filter((s) => !s.lines).map((s) => s.text))}) {
  mark = 'plum' + stamp + ' ' + text; await create(page);
  await home(page); await page.waitForTimeout(1500);
  console.log('as written:', await shows(page, mark.toLowerCase()), text);
}`,
    ),
  };
  if (!base.kept || record.carries !== 'text' || record.create.given || isName(record.create)) return base;
  context.progress('writing accents, emoji, quotes, newlines and a long text');
  const long: Step | undefined = record.longText ? { do: 'fill', on: record.longText, value: '{text}' } : undefined;
  const multiline =
    long !== undefined ||
    record.create.steps.some(
      (s) => s.do === 'send' || (s.do === 'fill' && s.marked && (s.on.tag === 'textarea' || s.on.type === 'rich')),
    );
  // A person cannot type more than the field takes.
  const field = long ?? record.create.steps.find((s) => s.do === 'fill' && s.marked);
  const most = (field?.do === 'fill' ? field.on.most : undefined) ?? 100_000;
  const trials: Observed['trials'] = [];
  for (const sample of samples) {
    if (sample.lines && sample.name === 'newlines' && !multiline) continue;
    if (context.left() < 2500) break;
    const mark = context.mark();
    const text = `${mark} ${sample.text}`.slice(0, most);
    const how = `${record.says}, ${sample.name}`;
    const done = await actors.A.do(withText(record.create, long), { mark, text }, { how });
    if (done.missing || done.said === 'refused') {
      trials.push({
        name: sample.name,
        back: done.missing ? 'could-not-look' : 'refused',
        sent: sample.text.slice(0, 80),
        evidence: done.evidence,
      });
      continue;
    }
    const tab = await actors.A.window.tab();
    let result = {
      back: 'could-not-look' as 'same' | 'altered' | 'could-not-look',
      got: undefined as string | undefined,
    };
    for (let tries = 0; tries < 3 && result.back === 'could-not-look'; tries++) {
      if (tries) await clock.sleep(900);
      result = await textsAround(context, actors.A, tab, mark, text, placesOf(record, done.url));
    }
    const evidence = await tab.screen(`${sample.name}: ${result.back}`);
    await tab.close();
    trials.push({
      name: sample.name,
      back: result.back,
      sent: sample.text.slice(0, 80),
      ...(result.got ? { got: result.got.slice(0, 160) } : {}),
      evidence,
    });
  }
  return { ...base, trials };
}

export const texts = defineProbe<Observed>({
  id: 'persistence/texts',
  version: 1,
  does: 'writes up to 6 records with accents, emoji, quotes, newlines and 10,000 letters',
  mess: 'own-rows',
  costs: 9000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'persistence/text-comes-back-as-written',
      judge(o, facts) {
        if (!o.kept)
          return unknown(
            'root-cause',
            'the record is not kept at all (see records-survive-reload)',
            undefined,
            o.recordEvidence,
          );
        const [first] = o.recordEvidence;
        if (o.carries === 'text' && isName(facts.record?.create ?? { id: 'create', steps: [] }))
          return unknown('unclear', 'the text is what the record is called by in its address, and not all goes there');
        if (o.carries !== 'text' && first) return notApplicable('the record takes no free text', cite(first));
        const altered = o.trials.find((t) => t.back === 'altered');
        if (altered)
          return fail('persistence/text-comes-back-as-written', {
            where: o.where,
            because: `${altered.name} came back altered: “${altered.sent.slice(0, 60)}” was written, “${(altered.got ?? '').slice(0, 80)}” is there`,
            wrongIf: 'the app says that it changes texts in this way',
            evidence: cite(altered.evidence),
            reproduce: o.reproduce,
          });
        const told = o.trials.filter((t) => t.back === 'same' || t.back === 'refused');
        const same = o.trials.filter((t) => t.back === 'same');
        const missing = o.trials.filter((t) => t.back === 'could-not-look');
        if (!same.length || missing.length)
          return unknown(
            'could-not-look',
            missing.length
              ? `could not read back: ${missing.map((t) => t.name).join(', ')}`
              : 'no text could be written',
            undefined,
            o.trials.map((t) => t.evidence),
          );
        return pass(
          `as written: ${same.map((t) => t.name).join(', ')}${
            told.length > same.length
              ? `; refused: ${told
                  .filter((t) => t.back === 'refused')
                  .map((t) => t.name)
                  .join(', ')}`
              : ''
          }`,
          cite(...same.map((t) => t.evidence)),
        );
      },
    },
  ],
});
