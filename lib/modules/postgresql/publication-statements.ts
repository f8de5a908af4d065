import type { Json, JsonObject } from '../../values/json.js';
import { textOf } from './asked.js';
import { ident, literal, nameParts } from './sql.js';

/** What a task wishes of a publication. */
export type PublicationWish = {
  readonly name: string;
  readonly state: 'absent' | 'present';
  readonly tables?: readonly string[];
  readonly parameters?: JsonObject;
  readonly owner?: string;
  readonly cascade: boolean;
};

/** The operations that the parameter publish lists, each with its column of pg_publication. */
const OPERATIONS = {
  insert: 'pubinsert',
  update: 'pubupdate',
  delete: 'pubdelete',
  truncate: 'pubtruncate',
} as const;

/** A table as pg_publication_tables has it: its schema, which is public when none is named, and its name. */
export function publishedTable(name: string): string {
  const parts = nameParts(name.trim());
  return (parts.length > 1 ? parts : ['public', ...parts]).map(ident).join('.');
}

function setting(value: Json): string {
  return literal(Array.isArray(value) ? value.map(String).join(',') : String(value));
}

function pairs(parameters: JsonObject): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${setting(value!)}`)
    .join(', ');
}

/** The operations that are published, by name; those that the server does not know are absent. */
export function publishes(row: JsonObject): Record<string, boolean> {
  const known = Object.entries(OPERATIONS).filter(([, column]) => column in row);
  return Object.fromEntries(known.map(([name, column]) => [name, row[column] === true]));
}

function hasParameter(row: JsonObject, name: string, value: Json): boolean {
  if (name === 'publish') {
    const wished = (Array.isArray(value) ? value.map(String) : String(value).split(',')).map((w) => w.trim());
    return Object.entries(publishes(row)).every(([op, on]) => on === wished.includes(op));
  }
  if (name === 'publish_via_partition_root') return String(row.pubviaroot) === String(value).toLowerCase();
  return false;
}

function tableChanges(alter: string, wish: PublicationWish, row: JsonObject, there: readonly string[]) {
  const tables = (wish.tables ?? []).map(publishedTable);
  if (tables.length === 0) return [];
  if (row.puballtables === true) return [`${alter} SET TABLE ${tables.join(', ')}`];
  return [
    ...tables.filter((t) => !there.includes(t)).map((t) => `${alter} ADD TABLE ${t}`),
    ...there.filter((t) => !tables.includes(t)).map((t) => `${alter} DROP TABLE ${t}`),
  ];
}

/**
 * The statements that lead to what is wished, from the row of pg_publication with `owner`, and the tables that are
 * published by name.
 */
export function publicationStatements(
  wish: PublicationWish,
  row: JsonObject | undefined,
  there: readonly string[],
): string[] {
  const name = ident(wish.name);
  if (wish.state === 'absent')
    return row ? [`DROP PUBLICATION ${name}${wish.cascade ? ' CASCADE' : ''}`] : [];
  const alter = `ALTER PUBLICATION ${name}`;
  const owner =
    wish.owner === undefined || wish.owner === textOf(row?.owner)
      ? []
      : [`${alter} OWNER TO ${ident(wish.owner)}`];
  const parameters = Object.entries(wish.parameters ?? {});
  if (row) {
    const others = parameters.filter(([key, value]) => !hasParameter(row, key, value!));
    const set = others.map(([key, value]) => `${alter} SET (${key} = ${setting(value!)})`);
    return [...tableChanges(alter, wish, row, there), ...set, ...owner];
  }
  const tables = (wish.tables ?? []).map(publishedTable);
  const which = tables.length > 0 ? `FOR TABLE ${tables.join(', ')}` : 'FOR ALL TABLES';
  const settings = parameters.length > 0 ? ` WITH (${pairs(wish.parameters!)})` : '';
  return [`CREATE PUBLICATION ${name} ${which}${settings}`, ...owner];
}
