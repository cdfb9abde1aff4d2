/** The JSON Schema (draft-07) of run.json, from the type `Run` and its comments: what it says is written nowhere else. */
import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import ts from 'typescript';

const source = path.resolve(import.meta.dirname, '../src/model/run.ts');

/**
 * More properties are allowed wherever there are objects: a reader of today takes a run of tomorrow. Only the types are resolved, so the
 * library of the language alone is loaded, which is most of the time.
 */
export function runJsonSchema(): string {
  const program = ts.createProgram([source], {
    lib: ['lib.es5.d.ts'],
    types: [],
    strict: true,
    noResolve: false,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    noEmit: true,
  });
  const schema = createGenerator({
    tsProgram: program,
    type: 'Run',
    skipTypeCheck: true,
    additionalProperties: true,
    topRef: false,
  }).createSchema('Run');
  return `${JSON.stringify({ title: 'run.json of Plummet', ...schema }, null, 2)}\n`;
}
