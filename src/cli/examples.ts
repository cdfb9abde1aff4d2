/** What stands below the help of each command: what one would type, and what it is for. A test reads each line as the command line does. */

export const examples = `
Examples:
  plummet reload http://localhost:3000      does what I save survive? the answer in seconds
  plummet http://localhost:3000             everything that an address alone can show
  plummet localhost:3000 --start "npm start"  and stop, kill and start a copy of it: what is still there?
  plummet localhost:3000 --login ada@example.org:secret --only persistence
  plummet localhost:3000 --intent storage=local,login=open
  plummet survey localhost:3000             how it gets in and writes a record, and what it lacks where it does not
  plummet login localhost:3000              log in by hand, once: where a door takes more than a password
  plummet plan localhost:3000 --start "npm start"   what would that do? does nothing
  plummet localhost:3000 --resume           go on with a run that was interrupted
  plummet verify                            ask again what is broken by the runs here
  plummet replay edits-persist              show what was broken again, slowly, in a window
  plummet localhost:3000 --terse            for agents: a line for each claim that is not shown; also --ndjson
  plummet recipes                           keep how the latest run got in and wrote: the next goes by it
  plummet brief                             for whoever mends it: what, where it likely sits, what done looks like
  plummet init --agent                      lets coding agents use it: by MCP, and whenever they stop
  plummet report --format markdown          the latest run for a pull request; also sarif, junit, badge: see report --help
  plummet diff <run>                        what is new, fixed or still broken since that run
  plummet init && plummet gate              say what is meant, then hold a run to it
  plummet gates                             write plain tests of what the latest run decided, to keep
  plummet dispute <claim>                   pack the evidence of a verdict that you hold wrong
  plummet explain records-reach-other-browsers
  source <(plummet completions bash)        also zsh, fish

Exit code: 0 all that applies was shown, 1 something is broken, 2 nothing broken but something could not be told,
64 misuse, 130 interrupted. Flags of an audit: plummet audit --help`;

const report = `
Examples:
  plummet report                                     the latest run, for a terminal
  plummet report --format markdown > comment.md      for a pull request: gh pr comment --body-file comment.md
  plummet report --format sarif > plummet.sarif      SARIF 2.1.0, failures alone: for code scanning
  plummet report --format junit > plummet.xml        a case for each claim, for the tests of a CI server
  plummet report --format badge > badge.svg          shields: the same for an endpoint of shields.io
  plummet report .plummet/2026-11-25-200311-localhost-4100 --format json    run.json, see schema/plummet.run.schema.json`;

const diff = `
Examples:
  plummet diff 2026-11-25-200311-localhost-4100      that run and the latest
  plummet diff main/run.json pr/run.json --format markdown > comment.md

new: broken now and not before. still: broken both times. no longer told: was broken, and is now unknown or not asked.
fixed: was broken, and is now shown or does not apply. Places are told apart by what stays of them from run to run.

Exit code: 0 nothing new is broken, 1 something is, 64 misuse.`;

const gate = `
Examples:
  plummet http://localhost:3000; plummet gate        hold the latest run to what plummet.config.ts accepts
  plummet gate .plummet/2026-11-25-200311-localhost-4100
  plummet gate --save-baseline                       from now on 'no new failure' is met where nothing more is broken

In plummet.config.ts:
  accept: [
    'persistence',                   a section, a claim or a glob; 'floor': all of the floor that was asked
    'ready >= 80',                   the number of the run
    'records are private',           also: records are shared, records are public, login is required, data lives on a server
    'an invoice is still there',     a criterion of your own, in \`criteria\` there; 'criteria': all of them
    'no new failure',                since plummet.baseline.json
  ],
  waivers: [{ claim: 'persistence/lists-keep-everything', reason: 'paging comes with 1.2', who: 'ada', until: '2030-01-31' }],

What could not be told or was not asked is not met. A waiver holds to its last day.

Exit code: 0 all is met, 1 something is not, 64 misuse.`;

const dispute = `
Examples:
  plummet dispute edits-persist                      a claim, of the latest run
  plummet dispute persistence/edits-persist@/board   one place of it, by its fingerprint
  plummet dispute "an invoice is still there" .plummet/2026-11-25-200311-localhost-4100 --out held-wrong

The folder holds the verdict, the events and pictures that it cites, the script, what was learned of the app, and a README.md that asks what
is needed to decide; nothing of other findings. No app is needed, and nothing is sent.`;

const audit = `
Examples:
  plummet http://localhost:3000                      everything that an address alone can show; "audit" may be left out
  plummet localhost:3000 --start "npm start" --source ../my-app    and a copy of it stopped, killed and started again
  plummet localhost:3000 --login ada@example.org:secret --only persistence --skip persistence/lists-keep-everything
  plummet localhost:3000 --intent storage=local,login=open    what is meant, so that it is not asked
  plummet localhost:8080 --openapi api.yaml --header "Authorization: Bearer $KEY"    an API without pages
  plummet --resume                                   go on with the latest run

Exit code: 0 all that applies was shown, 1 something is broken, 2 nothing broken but something not told, 64 misuse, 130 interrupted.`;

const reload = `
Examples:
  plummet reload http://localhost:3000               the five claims of what a reload leaves, and what happens without a backend
  plummet reload localhost:3000 --headed --slow 300  and watch it

Exit code: as that of an audit.`;

const survey = `
Examples:
  plummet survey http://localhost:3000               how it comes in and writes a record; where it does not, what was tried and what is missing
  plummet survey localhost:3000 --source ../my-app   with the routes, schemas and accounts that the source publishes`;

const plan = `
Examples:
  plummet plan http://localhost:3000                 which claims, what is written where, what would stay
  plummet plan localhost:3000 --start "npm start"    and what would be copied, started and killed`;

const verify = `
Examples:
  plummet verify                                     what is broken by the runs here, and what the latest could not tell, by what they learned
  plummet verify edits-persist deletions-persist     these claims alone
  plummet verify .plummet/2026-11-25-200311-localhost-4100 --login ada@example.org:secret    what was given is not kept: give it again

Exit code: as that of an audit.`;

const clean = `
Examples:
  plummet clean                                      what the latest run left: after a kill, or where the app was down at its end
  plummet clean .plummet/2026-11-25-200311-localhost-4100`;

const replay = `
Examples:
  plummet replay --headed --slow 300                 watch how the latest run found its way
  plummet replay .plummet/2026-11-25-200311-localhost-4100    where does the same walk end now?`;

const login = `
Examples:
  plummet login http://localhost:3000                opens a window; later runs of that address come in with its session
  plummet login http://localhost:3000 --forget       drops the session that is kept`;

const init = `
Examples:
  plummet init                                       three questions, and plummet.config.ts in this folder
  plummet init --force                               write it anew
  plummet init --agent                               what coding agents read, and the hook that asks when they stop`;

const judge = `
Examples:
  plummet judge                                      the latest run, judged by the rules of this version; no app is needed
  plummet judge .plummet/2026-11-25-200311-localhost-4100 --json`;

const list = `
Examples:
  plummet list                                       ◆ asked by reload and audit, ◇ by an audit, without a sign by no probe yet`;

const explain = `
Examples:
  plummet explain records-survive-a-kill             what it means, how it looks, how it is shown, what could fool it, how to mend it
  plummet explain persistence/edits-persist`;

const doctor = `
Examples:
  plummet doctor                                     Node, browser, sandbox, room on the disk; what is missing, and how to get it`;

const gates = `
Examples:
  plummet gates                                      of the latest run, into e2e/plummet
  plummet gates .plummet/2026-11-25-200311-localhost-4100 --out tests/kept
  npx playwright test --config e2e/plummet           run them; an API without pages: node --test e2e/plummet/kept.test.mjs

What was broken fails until it is mended, what was shown passes; what a plain test cannot ask is left out, and README.md there says why.
A workflow for GitHub goes to .github/workflows/plummet-gates.yml. What you changed by hand is left as it is.`;

const recipes = `
Examples:
  plummet http://localhost:3000; plummet recipes     writes plummet.recipes.json: commit it
  plummet recipes 2026-11-25-200311-localhost-4100   from that run

Runs here of that address go by it, once they have done by it what it says. Where it no longer leads there, they search as without it, and show
what they found instead; this writes it anew. It holds no account, no password and nothing of what was seen.`;

const completions = `
Examples:
  plummet completions bash > ~/.plummet-completions   and "source ~/.plummet-completions" in ~/.bashrc
  plummet completions zsh > "\${fpath[1]}/_plummet"
  plummet completions fish > ~/.config/fish/completions/plummet.fish`;

const brief = `
Examples:
  plummet brief                                      a file for each root cause of the latest run, into its folder
  plummet brief --source ../my-app --out -           to stdout, with the places in the source where it likely sits`;

const mcp = `
Examples:
  plummet mcp                                        as an agent starts it: plummet init --agent writes the entry
  plummet mcp --http 4313                            for whoever speaks it by HTTP on this machine`;

const hook = `
Examples:
  plummet hook                                       as an agent's stop hook starts it: plummet init --agent writes it
  echo '{}' | plummet hook                           try it by hand: it says nothing where nothing is broken`;

export const examplesOf: Readonly<Record<string, string>> = {
  audit,
  reload,
  survey,
  plan,
  verify,
  clean,
  replay,
  recipes,
  login,
  init,
  gate,
  gates,
  dispute,
  brief,
  mcp,
  hook,
  judge,
  report,
  diff,
  list,
  explain,
  doctor,
  completions,
};
