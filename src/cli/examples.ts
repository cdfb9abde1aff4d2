/** What stands below the help of each command. */

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
  plummet verify                            ask again what was broken in the latest run
  plummet brief                             for whoever mends it: what, where it likely sits, what done looks like
  plummet init --agent                      lets coding agents use it: by MCP, and whenever they stop
  plummet report --format markdown          the latest run for a pull request; also sarif, junit, badge: see report --help
  plummet diff <run>                        what is new, fixed or still broken since that run
  plummet init && plummet gate              say what is meant, then hold a run to it
  plummet dispute <claim>                   pack the evidence of a verdict that you hold wrong
  plummet explain records-reach-other-browsers

Exit code: 0 all that applies was shown, 1 something is broken, 2 nothing broken but something could not be told,
64 misuse, 130 interrupted. Flags of an audit: plummet audit --help`;

export const reportExamples = `
Examples:
  plummet report                                     the latest run, for a terminal
  plummet report --format markdown > comment.md      for a pull request: gh pr comment --body-file comment.md
  plummet report --format sarif > plummet.sarif      SARIF 2.1.0, failures alone: for code scanning
  plummet report --format junit > plummet.xml        a case for each claim, for the tests of a CI server
  plummet report --format badge > badge.svg          shields: the same for an endpoint of shields.io
  plummet report .plummet/2026-11-25-200311-localhost-4100 --format json    run.json, see schema/plummet.run.schema.json`;

export const diffExamples = `
Examples:
  plummet diff 2026-11-25-200311-localhost-4100      that run and the latest
  plummet diff main/run.json pr/run.json --format markdown > comment.md

new: broken now and not before. still: broken both times. no longer told: was broken, and is now unknown or not asked.
fixed: was broken, and is now shown or does not apply. Places are told apart by what stays of them from run to run.

Exit code: 0 nothing new is broken, 1 something is, 64 misuse.`;

export const gateExamples = `
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

export const disputeExamples = `
Examples:
  plummet dispute edits-persist                      a claim, of the latest run
  plummet dispute persistence/edits-persist@/board   one place of it, by its fingerprint
  plummet dispute "an invoice is still there" .plummet/2026-11-25-200311-localhost-4100 --out held-wrong

The folder holds the verdict, the events and pictures that it cites, the script, what was learned of the app, and a README.md that asks what
is needed to decide; nothing of other findings. No app is needed, and nothing is sent.`;
