import type { Advice } from './advice.ts';

export const failLoud: Advice = {
  'fail-loud/absent-backend-is-an-error': {
    notice: 'The server is away, and the app goes on saying “saved”.',
    fix: 'Await the request before saying "saved", handle its failure, take an optimistic row back, and remove the fallback to demo data. Fallbacks are what hide a missing backend for longest.',
  },
  'fail-loud/absent-store-is-an-error': {
    notice: 'The database is away, and the app shows invented data as if it were yours.',
    fix: 'Connect at start and stop if it fails; delete the fallback to memory or fixtures.',
  },
  'fail-loud/lost-store-is-an-error': {
    notice: 'The database goes down, and the pages look empty, as if there had never been anything.',
    fix: 'Let the error reach the handler and answer 5xx; no `catch` that returns `[]`.',
  },
  'fail-loud/lost-store-is-not-called-saved': {
    notice: 'The database goes down, and the screen still says “saved”.',
    fix: 'Answer after the commit, and show success only on a success.',
  },
  'fail-loud/store-return-heals': {
    notice: 'The database is back, and the app stays broken until somebody restarts it.',
    fix: 'A pool that reconnects, and handlers for its error events.',
  },
  'fail-loud/slow-store-is-bounded': {
    notice: 'When the database is slow, everything hangs, for everybody.',
    fix: 'A statement timeout, a connect timeout and a bounded pool.',
  },
  'fail-loud/lost-service-is-an-error': {
    notice: 'A payment or a mail fails, and the app says that it went through.',
    fix: 'Check the answer of the call; no simulated success outside of tests.',
  },
  'fail-loud/lost-network-is-shown': {
    notice:
      'The train enters a tunnel while you save, and the app says “saved”, says nothing, or forgets what you typed.',
    fix: 'One place that sends requests and turns each failure into a message by the form, `response.ok` looked at, JSON parsed with care, and the form cleared only after a success.',
  },
  'fail-loud/retries-do-not-duplicate': {
    notice: 'The connection breaks, you try again, and the order is there twice.',
    fix: 'A key per form that goes with each try and is unique in the store.',
  },
  'fail-loud/malformed-input-is-refused': {
    notice: 'Nonsense that somebody sends is stored, and breaks pages later.',
    fix: "A schema at the edge of the server, and 400 or 422 with the field's name.",
  },
  'fail-loud/rules-hold-on-the-server': {
    notice: 'What the form forbids gets in by another way: no name, a price below zero.',
    fix: "Share one schema between form and server, or repeat it in the table's constraints.",
  },
  'fail-loud/rejected-means-unchanged': {
    notice: 'The app says that it did not work, and has done half of it.',
    fix: 'Validate first, then write in one transaction.',
  },
  'fail-loud/bad-input-does-not-kill': {
    notice: 'One strange message, and the app is down, or a list never opens again.',
    fix: 'Validate before storing, and an error boundary around each row and each request.',
  },
  'fail-loud/errors-keep-their-insides': {
    notice: 'An error shows strangers how the app is built inside.',
    fix: 'One error handler that logs the cause and answers with an id.',
  },
  'fail-loud/stored-text-is-not-executed': {
    notice: 'What one user types runs as a program in the browser of another.',
    fix: 'Let the framework escape; sanitise where HTML is wanted; drop `innerHTML` and its kin.',
  },
  'fail-loud/input-is-not-a-query': {
    notice: 'A crafted text in a search box reads or changes the database.',
    fix: 'Parameters in place of string building, and types checked before they reach a query object.',
  },
  'fail-loud/paths-stay-inside': {
    notice: 'A crafted file name reads files of the server.',
    fix: 'Resolve the path and check that it stays below its root, or store files by id.',
  },
  'fail-loud/unknown-addresses-are-404': {
    notice: 'A program that asks for something wrong is told that all is well.',
    fix: 'A 404 handler for the API in front of the catch-all.',
  },
  'fail-loud/missing-config-stops-the-start': {
    notice: 'A forgotten setting is noticed days later, by a customer.',
    fix: 'Read the environment through one schema at start.',
  },
};
