import type { Json, JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed } from './plan.js';
import { ask, type Rows, textOf, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { ident, literal } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  tablespace: { type: 'str', required: true, aliases: ['name'], doc: 'The tablespace.' },
  location: { type: 'path', aliases: ['path'], doc: 'Its folder, which must be there and be empty.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  owner: { type: 'str', doc: 'The role that owns it.' },
  set: { type: 'dict', doc: 'Its settings; reset gives one its default.' },
  rename_to: { type: 'str', doc: 'Another name for it.' },
  db: { type: 'str', aliases: ['login_db'], doc: 'The database to connect to.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

function optionsOf(list: Json | undefined): Record<string, string> {
  const pairs = (Array.isArray(list) ? list : []).map((text) => String(text).split('='));
  return Object.fromEntries(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

function settings(a: Args, alter: string, now: JsonObject | undefined): string[] {
  const there = optionsOf(now?.options);
  return Object.entries(a.set ?? {}).flatMap(([name, value]) => {
    if (value === 'reset') return name in there ? [`${alter} RESET (${name})`] : [];
    return there[name] === String(value) ? [] : [`${alter} SET (${name} = ${literal(String(value))})`];
  });
}

function statements(a: Args, now: JsonObject | undefined): string[] {
  if (a.state === 'absent') return [`DROP TABLESPACE ${ident(a.tablespace)}`];
  const alter = `ALTER TABLESPACE ${ident(a.tablespace)}`;
  const changes = [
    ...(a.owner === undefined || a.owner === now?.owner ? [] : [`${alter} OWNER TO ${ident(a.owner)}`]),
    ...settings(a, alter, now),
  ];
  if (!now) return [`CREATE TABLESPACE ${ident(a.tablespace)} LOCATION ${literal(a.location!)}`, ...changes];
  const renamed = a.rename_to !== undefined && a.rename_to !== a.tablespace;
  return [...changes, ...(renamed ? [`${alter} RENAME TO ${ident(a.rename_to!)}`] : [])];
}

function wrong(a: Args, now: JsonObject | undefined): string | undefined {
  const wished =
    a.location !== undefined || a.owner !== undefined || a.rename_to !== undefined || a.set !== undefined;
  if (a.state === 'absent' && wished)
    return 'state=absent is mutually exclusive location, owner, rename_to, and set';
  if (!now && a.state === 'absent') return `Tries to drop nonexistent tablespace '${a.tablespace}'`;
  if (!now && a.rename_to !== undefined)
    return `Tablespace ${a.tablespace} does not exist, nothing to rename`;
  if (!now && a.location === undefined)
    return "'location' parameter must be passed with state=present if the tablespace doesn't exist";
  if (now && a.location !== undefined && a.location !== now.location)
    return `Tablespace '${a.tablespace}' exists with different location '${textOf(now.location)}'`;
  return undefined;
}

/** Makes, changes and drops tablespaces. */
export const postgresqlTablespace = defineModule({
  name: 'postgresql_tablespace',
  collection: 'community.postgresql',
  summary: 'Makes, changes and drops tablespaces of a PostgreSQL server.',
  args,
  returns: {
    ...{ tablespace: 'its name', owner: 'its owner', location: 'its folder', options: 'its settings' },
    ...{ queries: 'the statements', newname: 'its other name', state: 'as wished' },
  },
  examples: `
- name: Indexes are on the fast disk
  postgresql_tablespace:
    name: fast
    location: /mnt/fast/postgres
    owner: app
`,
  queries: (a) => ({
    now: ask(a, a.db, {
      space: `SELECT pg_get_userbyid(spcowner) AS owner, spcoptions AS options, pg_tablespace_location(oid) AS location FROM pg_tablespace WHERE spcname = ${literal(a.tablespace)}`,
    }),
  }),
  report: (_, { now }) => {
    const rows = now.rc === 0 ? (JSON.parse(now.stdout.toString('utf8')) as { space: Rows }).space : [];
    const { owner = '', location = '', options } = rows[0] ?? {};
    return { owner, location, options: optionsOf(options) };
  },
  plan: (a, { now }, info) => {
    const set = Object.entries(a.set ?? {}).map(([name, value]) => `${name} = ${String(value)}`);
    const refused = distrusted(a, [a.tablespace, a.location, a.owner, a.rename_to, ...set]);
    if (refused) return refused;
    const { rows, plan } = told<'space'>(now, info);
    if (!rows) return plan;
    const found = rows.space[0];
    const no = wrong(a, found);
    if (no !== undefined && !found && mayComeLater(info))
      return change('an earlier task may make the tablespace', []);
    if (no !== undefined) return failed(no);
    const todo = statements(a, found);
    const reason = todo.length > 0 ? 'the tablespace is otherwise' : 'the tablespace is as wished';
    const newname = todo.some((sql) => sql.includes(' RENAME TO ')) ? { newname: a.rename_to! } : {};
    const fields = (queries: string[]) => ({ tablespace: a.tablespace, state: a.state, queries, ...newname });
    // Tablespaces can be neither made nor dropped within a transaction.
    return planStatements({ login: a, db: a.db, single: true, reason, statements: todo, fields });
  },
});
