import type { Json, JsonObject } from '../../values/json.js';
import { textOf } from './asked.js';
import { ident, literal } from './sql.js';
import type { Statement } from './statements.js';

/** What a task wishes of a subscription. */
export type SubscriptionWish = {
  readonly name: string;
  readonly state: 'absent' | 'present' | 'refresh';
  readonly owner?: string;
  readonly publications?: readonly string[];
  readonly connparams?: JsonObject;
  readonly subsparams?: JsonObject;
  readonly cascade: boolean;
};

const HIDDEN = '********';

/** A connection string of libpq (PostgreSQL's documentation, 34.1.1.1); values are quoted where they have to be. */
export function connectionText(parameters: JsonObject): string {
  const value = (text: string) => (/^[^\s'\\]+$/.test(text) ? text : `'${text.replace(/[\\']/g, '\\$&')}'`);
  return Object.entries(parameters)
    .map(([name, v]) => `${name}=${value(String(v))}`)
    .join(' ');
}

/** The parameters of a connection string; numbers as such. */
export function connectionParts(text: string): JsonObject {
  const found = text.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S*))/gs);
  const plain = (value: string): Json => (/^[+-]?\d+$/.test(value) ? Number(value) : value);
  return Object.fromEntries(
    [...found].map(([, name, quoted, bare]) => [
      name!,
      plain(quoted?.replace(/\\(.)/gs, '$1') ?? bare ?? ''),
    ]),
  );
}

/** The same without what nobody is to read. */
export function withoutPassword(parameters: JsonObject): JsonObject {
  return 'password' in parameters ? { ...parameters, password: HIDDEN } : parameters;
}

function connection(parameters: JsonObject, statement: (text: string) => string): Statement {
  const sql = statement(literal(connectionText(parameters)));
  if (!('password' in parameters)) return sql;
  return { sql, shown: statement(literal(connectionText(withoutPassword(parameters)))) };
}

function parameter(name: string, value: Json): string {
  const text = String(value);
  return `${name} = ${/^\w+$/.test(text) ? text : literal(text)}`;
}

const names = (list: readonly string[]) => list.map(ident).join(', ');

function create(wish: SubscriptionWish): Statement {
  const parameters = Object.entries(wish.subsparams ?? {}).map(([name, value]) => parameter(name, value!));
  const more = parameters.length > 0 ? ` WITH (${parameters.join(', ')})` : '';
  return connection(
    wish.connparams ?? {},
    (text) =>
      `CREATE SUBSCRIPTION ${ident(wish.name)} CONNECTION ${text.trim()} PUBLICATION ${names(wish.publications ?? [])}${more}`,
  );
}

const commits = (value: Json | undefined): boolean =>
  value === true || (value !== false && !/^(?:off|false|no)$/i.test(textOf(value)));

function parameterChanges(alter: string, wish: SubscriptionWish, row: JsonObject): string[] {
  const { enabled, synchronous_commit: commit, slot_name: slot } = wish.subsparams ?? {};
  const set = [
    ...(commit !== undefined && commits(commit) !== commits(row.subsynccommit)
      ? [parameter('synchronous_commit', commit)]
      : []),
    ...(slot !== undefined && row.subslotname && row.subslotname !== slot
      ? [parameter('slot_name', slot)]
      : []),
  ];
  const settings = set.length > 0 ? [`${alter} SET (${set.join(', ')})`] : [];
  if (enabled === undefined || commits(enabled) === row.subenabled) return settings;
  // A subscription is enabled last and disabled first, because a slot is only taken away from a disabled one.
  return commits(enabled) ? [...settings, `${alter} ENABLE`] : [`${alter} DISABLE`, ...settings];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

function sameConnection(a: JsonObject, b: JsonObject): boolean {
  const pairs = (o: JsonObject) => Object.entries(o).map(([name, value]) => `${name}=${String(value)}`);
  return same(pairs(a), pairs(b));
}

function update(wish: SubscriptionWish, row: JsonObject): Statement[] {
  const alter = `ALTER SUBSCRIPTION ${ident(wish.name)}`;
  const { connparams, publications } = wish;
  const elsewhere = connparams && !sameConnection(connparams, connectionParts(textOf(row.subconninfo)));
  const there = Array.isArray(row.subpublications) ? row.subpublications.map(String) : [];
  const others = publications?.length && !same(publications, there);
  return [
    ...(elsewhere ? [connection(connparams, (text) => `${alter} CONNECTION ${text.trim()}`)] : []),
    ...(others ? [`${alter} SET PUBLICATION ${names(publications)}`] : []),
    ...parameterChanges(alter, wish, row),
  ];
}

/** The statements that lead to what is wished, from the row of pg_subscription with `owner`. */
export function subscriptionStatements(wish: SubscriptionWish, row: JsonObject | undefined): Statement[] {
  const name = ident(wish.name);
  if (wish.state === 'refresh') return [`ALTER SUBSCRIPTION ${name} REFRESH PUBLICATION`];
  if (wish.state === 'absent')
    return row ? [`DROP SUBSCRIPTION ${name}${wish.cascade ? ' CASCADE' : ''}`] : [];
  const owner =
    wish.owner === undefined || wish.owner === row?.owner
      ? []
      : [`ALTER SUBSCRIPTION ${name} OWNER TO ${ident(wish.owner)}`];
  return [...(row ? update(wish, row) : [create(wish)]), ...owner];
}
