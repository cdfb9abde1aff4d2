/** By claim, what in a line of code usually breaks it. */
export interface Symptom {
  readonly pattern: RegExp;
  readonly weight: number;
  readonly says: string;
}

const symptom = (weight: number, says: string, pattern: RegExp): Symptom => ({ pattern, weight, says });

const browser = [
  symptom(
    0.6,
    "keeps it in the browser's own storage",
    /\b(localStorage|sessionStorage|indexedDB|localforage|createJSONStorage)\b|\bsetItem\(/,
  ),
  symptom(
    0.35,
    'holds a list in the memory of the page',
    /\b(useState|useReducer|ref|reactive|signal|writable)\s*(<[^>]*>)?\(\s*\[/,
  ),
];
const memory = [
  symptom(
    0.5,
    'holds it in the memory of the process',
    /^(export\s+)?(const|let|var)\s+\w+(\s*:[^=]+)?\s*=\s*(new (Map|Set)\b|\[|\{\s*\};?$)|^\w+\s*=\s*(\[\]|\{\}|dict\(\)|list\(\))\s*$/,
  ),
  symptom(0.6, 'keeps it at a place that does not last', /:memory:|\btmpdir\(\)|["'`]\/tmp\//),
];
const page = [
  symptom(
    0.3,
    'changes what the page holds',
    /\bObject\.assign\(|\bset[A-Z]\w*\(|\.(map|filter|splice|push|unshift)\(/,
  ),
];
const canned = [
  symptom(
    0.5,
    'speaks of data that is made up',
    /\b(fixtures?|mock\w*|fake\w*|sample\w*|demo\w*|dummy\w*|canned|stub\w*)\b/i,
  ),
  symptom(
    0.6,
    'answers in place of a server',
    /\b(setupWorker|createServer\(\{\s*routes|http\.(get|post|put|patch|delete)\(['"`])/,
  ),
];
const failures = [
  symptom(
    0.4,
    'swallows a failure',
    /\bcatch\s*(\([^)]*\))?\s*\{\s*\}|\.catch\(\s*\(?\w*\)?\s*=>\s*(\{\s*\}|undefined|null|\[\])|except\b.*:\s*pass\b/,
  ),
  symptom(0.25, 'is where a failure would be met', /\bcatch\b|\bexcept\b|\brescue\b|\bfetch\(|\baxios\b/),
];

const symptoms: Readonly<Record<string, readonly Symptom[]>> = {
  'persistence/records-survive-reload': [...browser, ...memory, ...canned],
  'persistence/records-survive-a-new-tab': [...browser, ...memory],
  'persistence/records-reach-other-browsers': browser,
  'persistence/writes-leave-the-browser': [...browser, ...page, ...canned],
  'persistence/answers-come-from-data': canned,
  'persistence/writes-reach-a-store': memory,
  'persistence/records-survive-a-restart': memory,
  'persistence/records-survive-a-kill': [
    ...memory,
    symptom(
      0.4,
      'writes later than it answers, or not safely',
      /\bwriteFile(Sync)?\(|\bsynchronous\b|\bappendonly\b|\b(setTimeout|setInterval|debounce|throttle)\(/,
    ),
  ],
  'persistence/edits-persist': page,
  'persistence/moves-persist': [
    ...page,
    symptom(0.3, 'is where a drop or a tick is met', /\bon(Drop|DragEnd|Change)\b|['"`](drop|dragend|change)['"`]/i),
  ],
  'persistence/deletions-persist': [
    ...page,
    symptom(0.35, 'marks it as deleted', /\bdeleted_?at\b|\bis_?deleted\b|\barchived\b/i),
  ],
  'persistence/saved-forms-keep-their-values': page,
  'persistence/restarts-do-not-reseed': [
    symptom(0.5, 'seeds', /\bseed\w*|\b(insertMany|createMany|bulkCreate)\(/i),
    ...canned,
  ],
  'persistence/accounts-survive': [...memory, symptom(0.35, 'keeps accounts', /\b(users|accounts)\b\s*(:[^=]+)?=/i)],
  'persistence/text-comes-back-as-written': [
    symptom(
      0.4,
      'cuts or changes a text',
      /\.(slice|substring|substr|toLowerCase|toUpperCase|replace|normalize)\(|\bescape\w*\(|\blatin1\b|\bascii\b|\bvarchar\b|\bcharset\b/i,
    ),
  ],
  'persistence/lists-keep-everything': [
    symptom(0.45, 'ends a list', /\blimit\b|\.slice\(|\btake:|\bper_?page\b|\bpage_?size\b|\bfindMany\b/i),
  ],
  'persistence/data-outlives-the-release': [
    symptom(0.5, 'names the place of the data', /\.(sqlite3?|db|json)["'`]|\bdatabase\b/i),
  ],
  'concurrency/others-see-the-change': [
    symptom(
      0.4,
      'is where a change of others would come in',
      /\b(WebSocket|EventSource|setInterval|subscribe|socket\.on|refetchInterval|revalidate\w*)\b/,
    ),
  ],
  'deployment/stop-is-graceful': [
    symptom(
      0.45,
      'is where the stop is met, or the server made',
      /\bSIG(TERM|INT)\b|\.listen\(|\buvicorn\b|\bapp\.run\(/,
    ),
  ],
  'deployment/start-is-for-production': [
    symptom(0.5, 'says how it is started', /"(start|dev|serve)"\s*:|\bdebug\s*=\s*True\b|NODE_ENV/),
  ],
};

/** Where the catalogue's claim has none of its own, those of its section. `silent`: nothing was sent, so that the server is not to blame. */
export function symptomsOf(claims: readonly string[], silent: boolean): Symptom[] {
  const found = claims.flatMap((claim) => symptoms[claim] ?? bySection[claim.split('/')[0] ?? ''] ?? []);
  return [...new Set(found)].filter((one) => !silent || !memory.includes(one));
}

const bySection: Readonly<Record<string, readonly Symptom[]>> = {
  'fail-loud': failures,
  observability: [
    ...failures,
    symptom(
      0.4,
      'writes a log, or serves what all requests pass',
      /\bconsole\.(log|error|warn)\(|\blogg(er|ing)\b|\b(morgan|pino|winston)\b|\.listen\(/,
    ),
  ],
};
