import { decodeBytes } from '../bytes.js';
import { quoteAll } from '../quote.js';
import type { SectionOutput } from '../sections.js';
import type { Part } from './part.js';
import type { GroupAnswer, GroupQuery, PasswdAnswer, PasswdQuery } from './query.js';

/** Lines of a name service database by name, and by id where the third field is one. */
type Lines = { readonly byName: ReadonlyMap<string, string[]>; readonly byId: ReadonlyMap<string, string[]> };

/** All queries for users: `getent` for passwd and shadow, the local file, and one `id` for their groups. */
export function passwdParts(queries: readonly PasswdQuery[]): Part[] {
  if (queries.length === 0) return [];
  const users = quoteAll([...new Set(queries.map((q) => q.user))]);
  const sections = [
    `getent passwd ${users}`,
    'cat /etc/passwd',
    `getent shadow ${users} 2>/dev/null`,
    `id -Gnz -- ${users} 2>/dev/null`,
  ];
  return [{ sections, read: (outputs) => readUsers(queries, outputs) }];
}

function readUsers(
  queries: readonly PasswdQuery[],
  outputs: readonly SectionOutput[],
): [PasswdQuery, PasswdAnswer][] {
  const [all, local, shadow] = outputs.map(readLines) as [Lines, Lines, Lines];
  // `id` leaves out the same users as `getent`: it asks the same service.
  const known = [...new Set(queries.map((q) => q.user))].filter((user) => lookUp(all, user) !== undefined);
  const lists = decodeBytes(outputs[3]!.stdout).split('\0\0');
  return queries.map((query) => {
    const line = lookUp(all, query.user);
    if (line === undefined) return [query, { kind: 'passwd', found: false }];
    const groups = lists[known.indexOf(query.user)]?.split('\0').filter(Boolean) ?? [];
    const isLocal = lookUp(local, query.user) !== undefined;
    return [query, describeUser(line, shadow.byName.get(line[0]!) ?? [], groups, isLocal)];
  });
}

function describeUser(
  line: readonly string[],
  shadow: readonly string[],
  groups: readonly string[],
  local: boolean,
): PasswdAnswer {
  const [name = '', , uid, gid, gecos = '', home = '', shell = ''] = line;
  const [, password = '', , minDays = '', maxDays = '', warnDays = '', , expires = ''] = shadow;
  return {
    kind: 'passwd',
    found: true,
    name,
    uid: Number(uid),
    gid: Number(gid),
    gecos,
    home,
    shell,
    local,
    primaryGroup: groups[0] ?? '',
    groups: groups.slice(1),
    password,
    expires,
    minDays,
    maxDays,
    warnDays,
  };
}

/** All queries for groups: one `getent`, and the local file. */
export function groupParts(queries: readonly GroupQuery[]): Part[] {
  if (queries.length === 0) return [];
  const groups = quoteAll([...new Set(queries.map((q) => q.group))]);
  return [
    {
      sections: [`getent group ${groups}`, 'cat /etc/group'],
      read: (outputs) => {
        const [all, local] = outputs.map(readLines) as [Lines, Lines];
        return queries.map((q) => [
          q,
          describeGroup(lookUp(all, q.group), lookUp(local, q.group) !== undefined),
        ]);
      },
    },
  ];
}

function describeGroup(line: readonly string[] | undefined, local: boolean): GroupAnswer {
  if (line === undefined) return { kind: 'group', found: false };
  const [name = '', , gid, members = ''] = line;
  return {
    kind: 'group',
    found: true,
    name,
    gid: Number(gid),
    members: members.split(',').filter(Boolean),
    local,
  };
}

function readLines(output: SectionOutput): Lines {
  const lines = decodeBytes(output.stdout).split('\n').filter(Boolean);
  const rows = lines.map((line) => line.split(':'));
  // The first line of a name or id is the one that the name service would give.
  const first = (field: number) => new Map([...rows].reverse().map((row) => [row[field] ?? '', row]));
  return { byName: first(0), byId: first(2) };
}

function lookUp(lines: Lines, name: string): string[] | undefined {
  return lines.byName.get(name) ?? (/^\d+$/.test(name) ? lines.byId.get(name) : undefined);
}
