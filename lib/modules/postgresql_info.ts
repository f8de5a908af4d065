import type { ReadQuery } from '../node/queries/query.js';
import type { Json, JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { ok } from './plan.js';
import { ask, type Rows, textOf, told } from './postgresql/asked.js';
import { DATABASE_SELECTS, INFO_SELECTS, type Subset } from './postgresql/info-selects.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { serverVersion } from './postgresql/server-version.js';
import { distrusted } from './postgresql/statements.js';
import { printed } from './program.js';
import { patternRegex } from './shell-pattern.js';

const SUBSETS = Object.keys(INFO_SELECTS) as Subset[];
const EMPTY: JsonObject = {
  ...Object.fromEntries(SUBSETS.map((name) => [name, {}])),
  in_recovery: null,
  pending_restart_settings: [],
};

const args = {
  ...loginArgs,
  ...sessionArgs,
  db: { type: 'str', aliases: ['login_db'], doc: 'The database to connect to first.' },
  filter: {
    type: 'list',
    elements: 'str',
    doc: 'Which subsets, as patterns: version, in_recovery, tablespaces, databases, replications, repl_slots, settings, roles; with ! before it all others.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

function chosen(a: Args): Subset[] {
  const filter = a.filter ?? [];
  const wanted = filter.filter((f) => !f.startsWith('!'));
  const matches = (patterns: readonly string[], name: string) =>
    patterns.some((p) => patternRegex(p).test(name));
  if (wanted.length) return SUBSETS.filter((s) => matches(wanted, s));
  return SUBSETS.filter(
    (s) =>
      !matches(
        filter.map((f) => f.slice(1)),
        s,
      ),
  );
}

/** Rows as a dict by their name. */
function named(rows: Rows): JsonObject {
  return Object.fromEntries(rows.map(({ name, ...rest }) => [String(name), rest]));
}

function extension({ raw, ...rest }: JsonObject): JsonObject {
  const plain = /^(?:\d+(?:-*\d+)?\.)*\d+(?:-*\d+)?$/.test(String(raw));
  const [major, minor] = plain ? String(raw).split(/[.-]/) : [];
  const number = (text: string | undefined): Json => (text ? Number(text) : null);
  return { ...rest, extversion: { major: number(major), minor: number(minor), raw: raw ?? '' } };
}

/** What is within a database, or that it cannot be told. */
function within(answer: { rc: number; stdout: Buffer }, name: string): JsonObject {
  if (answer.rc !== 0) return {};
  const rows = JSON.parse(printed(answer)) as Record<keyof typeof DATABASE_SELECTS, Rows>;
  const { extensions, ...others } = rows;
  const byName = Object.fromEntries(Object.entries(others).map(([key, value]) => [key, named(value)]));
  const known = Object.entries(named(extensions)).map(([key, value]) => [
    key,
    extension(value as JsonObject),
  ]);
  const own = rows.subscriptions.filter((s) => s.dbname === name).map(({ dbname: _, ...rest }) => rest);
  return { ...byName, extensions: Object.fromEntries(known), subscriptions: named(own) };
}

function settings(rows: Rows): JsonObject {
  const tidy = rows.map(({ val_in_bytes, ...rest }) =>
    val_in_bytes === null ? rest : { ...rest, val_in_bytes: val_in_bytes! },
  );
  const pending = rows.filter((r) => r.pending_restart === true).map((r) => r.name!);
  return { settings: named(tidy), pending_restart_settings: pending };
}

function subsets(rows: Partial<Record<Subset, Rows>>): JsonObject {
  const plain = (['tablespaces', 'replications', 'repl_slots', 'roles'] as const).filter((s) => rows[s]);
  return {
    ...(rows.version ? { version: serverVersion(textOf(rows.version[0]?.raw)) } : {}),
    ...(rows.in_recovery ? { in_recovery: rows.in_recovery[0]?.value ?? null } : {}),
    ...Object.fromEntries(plain.map((s) => [s, named(rows[s]!)])),
    ...(rows.settings ? settings(rows.settings) : {}),
  };
}

/** The names of the databases that were listed. */
function databases(answer: { rc: number; stdout: Buffer }): Rows {
  if (answer.rc !== 0) return [];
  return (JSON.parse(printed(answer)) as { databases?: Rows }).databases ?? [];
}

/** Tells about a server: version, databases, roles, settings, replication. */
export const postgresqlInfo = defineModule({
  name: 'postgresql_info',
  collection: 'community.postgresql',
  summary: 'Tells about a PostgreSQL server and its databases.',
  args,
  tells: true,
  returns: {
    version: 'major, minor, patch, full and raw of its version',
    in_recovery: 'whether it is a standby',
    tablespaces: 'tablespaces by name',
    databases: 'databases by name, with their extensions, schemas, languages, publications, subscriptions',
    replications: 'standbys by process',
    repl_slots: 'replication slots by name',
    settings: 'parameters by name',
    roles: 'roles by name',
    pending_restart_settings: 'parameters that wait for a restart',
  },
  examples: `
- name: Which version, which roles
  postgresql_info:
    filter: [version, roles]
  register: pg
`,
  queries: (a) => ({ now: ask(a, a.db, Object.fromEntries(chosen(a).map((s) => [s, INFO_SELECTS[s]]))) }),
  more: (a, { now }) => {
    const list: ReadQuery[] = databases(now).map((d) => ask(a, textOf(d.name), DATABASE_SELECTS));
    return list.length ? { each: list } : undefined;
  },
  plan: (a, { now, each }, info) => {
    const refused = distrusted(a, []);
    if (refused) return refused;
    const { rows, plan } = told<Subset>(now, info);
    if (!rows) return plan;
    const found = databases(now).map((d, i) => ({
      ...d,
      ...(each?.[i] ? within(each[i], textOf(d.name)) : {}),
    }));
    return ok('told', { ...EMPTY, ...subsets(rows), ...(rows.databases ? { databases: named(found) } : {}) });
  },
});
