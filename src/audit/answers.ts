import type { Answers, Heard } from '../model/context.ts';
import type { EvidenceId, Journal } from '../model/evidence.ts';
import { inShort, passwordsSent, sessionsIn, spillsIn } from '../model/spills.ts';

/** Answers are read to this many characters. */
const most = 1_000_000;

/** Hears every answer that a browser of ours gets, for as long as the run lasts, and keeps of the secrets in them where they were, and never more. */
export function listener(journal: Journal): {
  heard(who: string, one: Heard): void;
  /** A password of an account that we made. */
  ours(password: string): void;
  readonly answers: Answers;
} {
  const ours = new Set<string>();
  const typed = new Set<string>();
  const carried = new Map<string, Set<string>>();
  const found = new Map<string, Answers['spills'][number] & { readonly secret: string }>();
  const strange: { who: string; token: string; where: string; evidence: EvidenceId }[] = [];
  let read = 0;
  let doors = 0;
  const of = (who: string): Set<string> => {
    const set = carried.get(who) ?? new Set();
    carried.set(who, set);
    return set;
  };
  const note = (who: string, where: string, what: string, secret: string): EvidenceId => {
    journal.hide(secret);
    return journal.note({ kind: 'exchange', who, says: `the answer to ${where} holds ${what}: ${inShort(secret)}` });
  };
  return {
    ours: (password) => void ours.add(password),
    heard(who, { method, url, headers, body, answer }) {
      for (const token of sessionsIn(headers)) of(who).add(token);
      for (const password of passwordsSent(body)) {
        doors++;
        if (!ours.has(password)) typed.add(password);
      }
      if (!answer) return;
      read++;
      const text = answer.slice(0, most);
      const where = `${method} ${URL.parse(url)?.pathname ?? url}`;
      for (const { what, secret } of spillsIn(text, ours, typed)) {
        const key = `${what} ${where.replace(/\d+|[0-9a-f-]{20,}/gi, '#')}`;
        if (!found.has(key) && found.size < 40)
          found.set(key, {
            secret,
            what,
            where,
            who,
            short: inShort(secret),
            evidence: note(who, where, what, secret),
          });
      }
      // Of two who are surely two. What both carry, now or later, is a key of the app.
      const other = who === 'A' ? 'B' : who === 'B' ? 'A' : undefined;
      for (const token of other ? of(other) : [])
        if (!of(who).has(token) && text.includes(token) && strange.length < 40)
          strange.push({ who, token, where, evidence: note(who, where, `what ${other} is known by`, token) });
    },
    answers: {
      get read() {
        return read;
      },
      get doors() {
        return doors;
      },
      get spills() {
        const personal = strange.filter(
          ({ token }) => [...carried.values()].filter((set) => set.has(token)).length === 1,
        );
        return [
          // What an app shows to everybody, to be typed, is another claim's.
          ...[...found.values()].flatMap(({ secret, ...spill }) => (typed.has(secret) ? [] : [spill])),
          ...personal.map(({ who, token, where, evidence }) => ({
            what: "another user's session",
            where,
            who,
            short: inShort(token),
            evidence,
          })),
        ];
      },
    },
  };
}
