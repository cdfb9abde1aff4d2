/** Types of a GraphQL schema as they are needed here: what is sent as a schema, what is asked for as a selection (GraphQL, October 2021, 3). */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { ours } from '../../model/graphql.ts';
import type { Schema } from './document.ts';

export type Field = GraphQLField<unknown, unknown>;

/** What custom scalars usually hold, by what they are called. */
const scalars: readonly (readonly [RegExp, Schema])[] = [
  [/^(Int|.*(Int|Integer|Long|BigInt))$/, { type: 'integer' }],
  [/^(Float|.*(Float|Decimal|Number|Money|Currency))$/i, { type: 'number' }],
  [/^Boolean$/, { type: 'boolean' }],
  [/^String$/, { type: 'string' }],
  [/^ID$/, { type: 'string', format: 'id' }],
  [/date_?time|timestamp|instant/i, { type: 'string', format: 'date-time' }],
  [/date/i, { type: 'string', format: 'date' }],
  [/time/i, { type: 'string', format: 'time' }],
  [/e?mail/i, { type: 'string', format: 'email' }],
  [/ur[li]/i, { type: 'string', format: 'uri' }],
  [/uuid/i, { type: 'string', format: 'uuid' }],
  [/text|string/i, { type: 'string' }],
];

/** Deeper parts are left out, and so is what holds itself. */
const deepest = 2;

function schemaOf(type: GraphQLInputType, within: readonly unknown[] = []): Schema {
  const own = getNullableType(type);
  if (isListType(own)) return { type: 'array', items: schemaOf(own.ofType, within) };
  if (isEnumType(own)) return { type: 'string', enum: own.getValues().map(({ name }) => name) };
  if (!isInputObjectType(own)) return scalars.find(([name]) => name.test(own.name))?.[1] ?? { format: own.name };
  const fields = Object.values(own.getFields()).filter((f) => isRequiredInputField(f) || !isWithin(f.type));
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((f) => [f.name, schemaOf(f.type, [...within, own])])),
    required: fields.filter(isRequiredInputField).map(({ name }) => name),
  };

  function isWithin(inner: GraphQLInputType): boolean {
    const named = getNamedType(inner);
    return isInputObjectType(named) && (named === own || within.includes(named) || within.length >= deepest);
  }
}

/** What a field takes, as the schema of its variables. */
export const variablesOf = ({ args }: Field): Schema => ({
  type: 'object',
  properties: Object.fromEntries(args.map(({ name, type }) => [name, schemaOf(type)])),
  required: args.filter(isRequiredArgument).map(({ name }) => name),
});

/** The object, or interface, that a type is, or is a list of. */
export function objectOf(type: GraphQLOutputType): GraphQLObjectType | undefined {
  const named = getNamedType(type);
  return isObjectType(named) || isInterfaceType(named) ? (named as GraphQLObjectType) : undefined;
}

export const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

/** Fields that can be asked for as they are. */
export const plainly = (type: GraphQLObjectType): Field[] =>
  Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));

/** What no answer should hold is not asked for. */
const secret = /passw|secret|token|hash|salt|api_?key/i;

/** The plain fields of a type, those of objects that it holds down to `depth`, none that is a list of them. */
export function selectionOf(type: GraphQLOutputType, depth: number, withTokens = false): string {
  const object = objectOf(type);
  if (!object) return isLeafType(getNamedType(type)) ? '' : '{ __typename }';
  const parts = plainly(object).flatMap((field) => {
    if (secret.test(field.name) && !(withTokens && !/passw|hash|salt/i.test(field.name))) return [];
    if (isLeafType(getNamedType(field.type))) return [field.name];
    // What a mutation has against it is a list.
    const told = /^(user_?)?errors$/i.test(field.name);
    const inner = depth > 0 && (told || !isList(field.type)) ? selectionOf(field.type, depth - 1, withTokens) : '';
    return inner && inner !== '{ __typename }' ? [`${field.name} ${inner}`] : [];
  });
  return parts.length ? `{ ${parts.slice(0, 40).join(' ')} }` : '{ __typename }';
}

/** The text of an operation of one field. Braces stand apart from names: a name in braces is a placeholder of a recipe. */
export function operationOf(
  kind: 'query' | 'mutation',
  { name, args }: { name: string; args: readonly Pick<GraphQLArgument, 'name' | 'type'>[] },
  selection: string,
  alias?: string,
): string {
  const taken = args.length ? `(${args.map((one) => `$${one.name}: ${String(one.type)}`).join(', ')})` : '';
  const given = args.length ? `(${args.map((one) => `${one.name}: $${one.name}`).join(', ')})` : '';
  return `${kind} ${ours}${taken} { ${alias ? `${alias}: ` : ''}${name}${given} ${selection} }`.replace(/ +/g, ' ');
}
