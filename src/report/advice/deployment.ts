import type { Advice } from './advice.ts';

export const deployment: Advice = {
  'deployment/clean-copy-builds': {
    notice: 'On another machine it does not start; only its author can run it.',
    fix: 'Commit what is missing, and write the three commands into the README.',
  },
  'deployment/start-is-for-production': {
    notice: 'What runs is made for developing: slow, and it shows its insides to visitors.',
    fix: "Build, then serve the build with the framework's own start command.",
  },
  'deployment/dependencies-are-pinned': {
    notice: "Today's build and tomorrow's are not the same app.",
    fix: 'Install once and commit the lockfile.',
  },
  'deployment/deploy-is-described': {
    notice: 'Nobody can say how it gets onto a server.',
    fix: 'A short Dockerfile with the start command of production, and a `.dockerignore`.',
  },
  'deployment/schema-has-migrations': {
    notice: 'The next change of the tables is made by hand, on live data.',
    fix: "Take the migration tool of the ORM and make today's schema its first step.",
  },
  'deployment/migrations-run-from-nothing': {
    notice: 'A new installation does not come up.',
    fix: 'Run them in CI from nothing; put hand-made changes into a step.',
  },
  'deployment/migrations-go-down-and-up': {
    notice: 'A bad release cannot be taken back without losing data.',
    fix: 'Write the down with the up, and test both once.',
  },
  'deployment/rollback-works': {
    notice: 'After a bad release, the one before does not run any more.',
    fix: 'Change the schema in two releases: add first, remove later.',
  },
  'deployment/stop-is-graceful': {
    notice: 'With each release some requests of users break in the middle.',
    fix: 'Close the server on SIGTERM, and start `node` itself.',
  },
  'deployment/backups-are-planned': {
    notice: 'After a mistake, nothing can be brought back.',
    fix: 'One script each for dump and restore, and one rehearsal.',
  },
};
