import type { JsonObject } from '../../values/json.js';
import { textOf } from './asked.js';
import { ident, qualified } from './sql.js';

/** What a task wishes of a table. */
export type TableWish = {
  readonly table: string;
  readonly state: 'absent' | 'present';
  readonly tablespace?: string;
  readonly owner?: string;
  readonly unlogged: boolean;
  readonly like?: string;
  readonly including?: string;
  readonly rename?: string;
  readonly truncate: boolean;
  readonly columns?: readonly string[];
  readonly storage_params?: readonly string[];
  readonly cascade: boolean;
};

const NEW = ['columns', 'tablespace', 'including', 'like', 'storage_params', 'unlogged', 'owner'] as const;

function given(wish: TableWish, names: readonly (keyof TableWish)[]): boolean {
  return names.some((name) => {
    const value = wish[name];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
}

/** Which arguments do not go together, in Ansible's words. */
export function tableContradiction(wish: TableWish): string | undefined {
  const what = wish.table;
  if (wish.state === 'absent' && given(wish, ['truncate', 'rename', ...NEW]))
    return `${what}: state=absent is mutually exclusive with: truncate, rename, columns, tablespace, including, like, storage_params, unlogged, owner`;
  if (wish.truncate && given(wish, ['rename', ...NEW]))
    return `${what}: truncate is mutually exclusive with: rename, columns, like, unlogged, including, storage_params, owner, tablespace`;
  if (wish.rename && given(wish, NEW))
    return `${what}: rename is mutually exclusive with: columns, like, unlogged, including, storage_params, owner, tablespace`;
  if (wish.like && wish.columns?.length) return `${what}: like and columns params are mutually exclusive`;
  if (wish.including && !wish.like) return `${what}: including param needs like param specified`;
  return undefined;
}

function changes(wish: TableWish, alter: string, row: JsonObject): string[] {
  const space = wish.tablespace === 'pg_default' ? '' : wish.tablespace;
  const there = Array.isArray(row.storage_params) ? row.storage_params.map(String) : [];
  const settings = (wish.storage_params ?? []).map((p) => p.replace(/\s*=\s*/, '=').trim());
  return [
    ...(space === undefined || space === textOf(row.tablespace)
      ? []
      : [`${alter} SET TABLESPACE ${ident(wish.tablespace!)}`]),
    ...(wish.owner === undefined || wish.owner === row.owner
      ? []
      : [`${alter} OWNER TO ${ident(wish.owner)}`]),
    ...(settings.every((p) => there.includes(p)) ? [] : [`${alter} SET (${settings.join(',')})`]),
  ];
}

function create(wish: TableWish, name: string): string {
  const including = wish.including?.split(',').map((what) => ` INCLUDING ${what.trim()}`) ?? [];
  const body = wish.like
    ? `LIKE ${qualified(wish.like)}${including.join('')}`
    : (wish.columns ?? []).join(',');
  const words = [
    `CREATE ${wish.unlogged ? 'UNLOGGED ' : ''}TABLE ${name} (${body})`,
    wish.storage_params?.length && `WITH (${wish.storage_params.join(',')})`,
    wish.tablespace && `TABLESPACE ${ident(wish.tablespace)}`,
  ];
  return words.filter(Boolean).join(' ');
}

/** The statements that lead to what is wished, from `owner`, `tablespace` and `storage_params` of a table that is there. */
export function tableStatements(wish: TableWish, row: JsonObject | undefined): string[] {
  const name = qualified(wish.table);
  if (wish.state === 'absent') return row ? [`DROP TABLE ${name}${wish.cascade ? ' CASCADE' : ''}`] : [];
  if (wish.truncate) return [`TRUNCATE TABLE ${name}`];
  const alter = `ALTER TABLE ${name}`;
  if (wish.rename) return [`${alter} RENAME TO ${ident(wish.rename)}`];
  if (row) return changes(wish, alter, row);
  const owner = wish.owner === undefined ? [] : [`${alter} OWNER TO ${ident(wish.owner)}`];
  return [create(wish, name), ...owner];
}
