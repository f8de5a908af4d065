import type { Json } from '../../values/json.js';

/** Privileges by what they are on, such as `app`.*; GRANT is the option to give them on. */
export type Privileges = ReadonlyMap<string, readonly string[]>;

/** A text about privileges that nobody understands. */
export class PrivilegeError extends Error {}

/** A privilege with its columns in their order. */
function plain(privilege: string): string {
  const [, name, columns] = /^([^(]*?)\s*\(([^)]*)\)$/.exec(privilege.trim()) ?? [];
  if (columns === undefined) return privilege.trim() === 'ALL PRIVILEGES' ? 'ALL' : privilege.trim();
  const names = columns.split(',').map((c) => c.trim().replace(/^`|`$/g, ''));
  return `${name} (${names.sort().join(', ')})`;
}

function split(list: string): string[] {
  return (list.match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map(plain);
}

function objectName(target: string): string {
  const [, kind = '', rest = ''] = /^((?:FUNCTION|PROCEDURE) )?(.*)$/s.exec(target.trim())!;
  const at = rest.lastIndexOf('.');
  const parts = at < 0 ? [rest] : [rest.slice(0, at), rest.slice(at + 1)];
  const quoted = parts
    .map((part) => part.replace(/^`|`$/g, ''))
    .map((part) => (part === '*' ? part : `\`${part}\``));
  return `${kind}${quoted.join('.')}`;
}

/** What `priv` wishes: `db.table:SELECT,INSERT/other.*:ALL`, or a dict. USAGE on everything belongs to it. Throws a PrivilegeError. */
export function wishedPrivileges(priv: Json, usage: boolean): Privileges {
  if (typeof priv === 'object' && priv !== null && !Array.isArray(priv)) {
    const text = Object.entries(priv).map(([target, list]) => `${target}:${String(list)}`);
    return wishedPrivileges(text.join('/'), usage);
  }
  if (typeof priv !== 'string') throw new PrivilegeError('priv parameter must be str or dict');
  const out = new Map<string, string[]>();
  for (const item of priv.trim().split('/')) {
    const at = item.lastIndexOf(':');
    if (at < 0) throw new PrivilegeError(`no colon between object and privileges in priv: ${item}`);
    const list = item.slice(at + 1).replace(/[^()]+(?![^(]*\))/g, (words) => words.toUpperCase());
    out.set(objectName(item.slice(0, at)), split(list));
  }
  if (usage && !out.has('*.*')) out.set('*.*', ['USAGE']);
  return out;
}

/** What lines of SHOW GRANTS tell; roles that are given to the user are left out. Throws a PrivilegeError. */
export function readGrants(lines: readonly string[]): Privileges {
  const out = new Map<string, string[]>();
  for (const line of lines) {
    const [, list, target, rest = ''] =
      /^GRANT (.+) ON (.+?) TO ['`"](?:.*?)['`"]@['`"].*?['`"](.*)$/.exec(line) ?? [];
    if (list === undefined) {
      if (/^(?:GRANT .+ TO |SET DEFAULT ROLE )/.test(line)) continue;
      throw new PrivilegeError(`unable to parse the MySQL grant string: ${line}`);
    }
    const option = rest.includes('WITH GRANT OPTION') ? ['GRANT'] : [];
    out.set(target!, [...(out.get(target!) ?? []), ...split(list), ...option]);
  }
  return out;
}

/** How the wish stands to what there is: only added, only taken away, or nothing else than it. */
export type How = 'append' | 'subtract' | 'exactly';

/** What is to be granted and revoked on one object. */
export type PrivilegeChange = {
  readonly on: string;
  readonly grant: readonly string[];
  readonly revoke: readonly string[];
};

function onOne(on: string, wish: readonly string[], now: readonly string[], how: How): PrivilegeChange {
  const missing = wish.filter((p) => !now.includes(p) && p !== 'USAGE');
  const extra = now.filter((p) => !wish.includes(p) && p !== 'USAGE');
  if (how === 'append') return { on, grant: missing, revoke: [] };
  if (how === 'subtract')
    return { on, grant: [], revoke: now.filter((p) => wish.includes(p) && p !== 'USAGE') };
  // Who gets all of them needs to lose none.
  const revoke = missing.includes('ALL') ? extra.filter((p) => p === 'GRANT' || p === 'PROXY') : extra;
  return { on, grant: missing, revoke };
}

/** Everything that differs. What root has elsewhere, and what is needed to act for others, stays. */
export function privilegeChanges(
  wish: Privileges,
  now: Privileges,
  how: How,
  user: string,
): PrivilegeChange[] {
  const others =
    how === 'exactly' && user !== 'root'
      ? [...now].filter(([on, list]) => !wish.has(on) && !list.includes('PROXY'))
      : [];
  return [
    ...others.map(([on, list]) => onOne(on, [], list, 'exactly')),
    ...[...wish].map(([on, list]) => onOne(on, list, now.get(on) ?? [], how)),
  ].filter(({ grant, revoke }) => grant.length + revoke.length > 0);
}

/** The statements of a change, about an account as SQL has it. */
export function privilegeStatements({ on, grant, revoke }: PrivilegeChange, account: string): string[] {
  const named = (list: readonly string[]) => list.filter((p) => p !== 'GRANT').join(', ');
  const option = grant.includes('GRANT') ? ' WITH GRANT OPTION' : '';
  return [
    ...(revoke.includes('GRANT') ? [`REVOKE GRANT OPTION ON ${on} FROM ${account}`] : []),
    ...(named(revoke) ? [`REVOKE ${named(revoke)} ON ${on} FROM ${account}`] : []),
    ...(grant.length > 0 ? [`GRANT ${named(grant) || 'USAGE'} ON ${on} TO ${account}${option}`] : []),
  ];
}
