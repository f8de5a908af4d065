import type { JsonObject } from '../../values/json.js';
import type { Rows } from './asked.js';
import { column, type RoleState } from './role-state.js';
import { ident, nameParts, qualified } from './sql.js';

const VALID = {
  table: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
  database: ['CREATE', 'CONNECT', 'TEMPORARY'],
} as const;

/** Privileges on one thing, as `priv` names it: a database or, with a name before a colon, a table. */
export type Privileges = {
  readonly kind: keyof typeof VALID;
  readonly name: string;
  readonly privs: readonly string[];
};

/** What `priv` says (`CONNECT/products:ALL`), or Ansible's words for what is no privilege. */
export function parsePrivileges(text: string, db: string): Privileges[] | { readonly failed: string } {
  const found: Privileges[] = [];
  for (const token of text.split('/')) {
    const [, table, words] = /^(?:([^:]*):)?(.*)$/s.exec(token)!;
    const kind = table === undefined ? 'database' : 'table';
    const given = words!
      .split(',')
      .map((w) => w.trim().toUpperCase())
      .filter(Boolean);
    const known = given.map((w) => (w === 'TEMP' && kind === 'database' ? 'TEMPORARY' : w));
    const bad = known.filter((w) => w !== 'ALL' && !(VALID[kind] as readonly string[]).includes(w));
    if (bad.length) return { failed: `Invalid privs specified for ${kind}: ${bad.join(' ')}` };
    const privs = known.includes('ALL') ? VALID[kind] : [...new Set(known)];
    found.push({ kind, name: table ?? db, privs });
  }
  return found;
}

function held(p: Privileges, rows: Readonly<Record<RoleState, Rows>>): readonly unknown[] {
  if (p.kind === 'database') return column(rows.database, 'privilege_type');
  const parts = nameParts(p.name);
  const full = (parts.length > 1 ? parts : ['public', ...parts]).join('.');
  return column(
    rows.tables.filter((row: JsonObject) => row.name === full),
    'privilege_type',
  );
}

function target(p: Privileges): string {
  return p.kind === 'database' ? `DATABASE ${ident(p.name)}` : `TABLE ${qualified(p.name)}`;
}

/** Grants for what the role lacks, or revocations of what it has. */
export function privilegeStatements(
  grant: boolean,
  user: string,
  all: readonly Privileges[],
  rows: Readonly<Record<RoleState, Rows>>,
): string[] {
  const role = user === 'PUBLIC' ? 'PUBLIC' : ident(user);
  return all.flatMap((p) => {
    const has = held(p, rows);
    const needed = grant ? p.privs.some((w) => !has.includes(w)) : p.privs.some((w) => has.includes(w));
    if (!needed) return [];
    const privs = p.privs.join(', ');
    return [
      grant ? `GRANT ${privs} ON ${target(p)} TO ${role}` : `REVOKE ${privs} ON ${target(p)} FROM ${role}`,
    ];
  });
}
