import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed } from './plan.js';
import { ask, type Rows, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { ident, literal } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  sequence: { type: 'str', required: true, aliases: ['name'], doc: 'The sequence.' },
  schema: { type: 'str', default: 'public', doc: 'Its schema.' },
  db: { type: 'str', default: '', aliases: ['database', 'login_db'], doc: 'Its database.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  data_type: { type: 'str', choices: ['bigint', 'integer', 'smallint'], doc: 'The type of a new one.' },
  increment: { type: 'int', doc: 'The step of a new one; negative ones go down.' },
  minvalue: { type: 'int', aliases: ['min'], doc: 'The least value of a new one.' },
  maxvalue: { type: 'int', aliases: ['max'], doc: 'The greatest value of a new one.' },
  start: { type: 'int', doc: 'The first value of a new one.' },
  cache: { type: 'int', doc: 'How many values a new one hands out at once.' },
  cycle: { type: 'bool', default: false, doc: 'A new one begins again behind its last value.' },
  cascade: { type: 'bool', default: false, doc: 'Drop what depends on it as well.' },
  rename_to: { type: 'str', doc: 'Another name for it.' },
  owner: { type: 'str', doc: 'The role that owns it.' },
  newschema: { type: 'str', doc: 'The schema that it moves to.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const ALONE = ['data_type', 'increment', 'minvalue', 'maxvalue', 'start', 'cache', 'cycle'];

function select(a: Args): string {
  return `SELECT pg_get_userbyid(c.relowner) AS owner, format_type(s.seqtypid, NULL) AS data_type, s.seqincrement AS increment,
s.seqmin AS minvalue, s.seqmax AS maxvalue, s.seqstart AS start, s.seqcycle AS cycle FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = ${literal(a.sequence)} AND n.nspname = ${literal(a.schema)}`;
}

function createStatement(a: Args, name: string): string {
  const words = [
    a.data_type && `AS ${a.data_type}`,
    a.increment && `INCREMENT BY ${a.increment}`,
    a.minvalue && `MINVALUE ${a.minvalue}`,
    a.maxvalue && `MAXVALUE ${a.maxvalue}`,
    a.start && `START WITH ${a.start}`,
    a.cache && `CACHE ${a.cache}`,
    a.cycle && 'CYCLE',
  ];
  return ['CREATE SEQUENCE', name, ...words.filter(Boolean)].join(' ');
}

function statements(a: Args, now: JsonObject | undefined): string[] {
  const name = `${ident(a.schema)}.${ident(a.sequence)}`;
  if (a.state === 'absent') return now ? [`DROP SEQUENCE ${name}${a.cascade ? ' CASCADE' : ''}`] : [];
  const alter = `ALTER SEQUENCE ${name}`;
  const owned =
    a.owner !== undefined && a.owner !== now?.owner ? [`${alter} OWNER TO ${ident(a.owner)}`] : [];
  if (!now) return [createStatement(a, name), ...owned];
  const renamed = a.rename_to !== undefined && a.rename_to !== a.sequence;
  if (renamed) return [`${alter} RENAME TO ${ident(a.rename_to ?? '')}`];
  const moves = a.newschema !== undefined && a.newschema !== a.schema;
  return [...owned, ...(moves ? [`${alter} SET SCHEMA ${ident(a.newschema ?? '')}`] : [])];
}

/** What is told of the sequence besides what there is. */
function fields(a: Args, queries: readonly string[]): JsonObject {
  const did = (word: string) => queries.some((sql) => sql.includes(word));
  return {
    ...{ state: a.state, sequence: a.sequence, schema: a.schema, queries: [...queries] },
    ...(did(' RENAME TO ') && { newname: a.rename_to }),
    ...(did(' SET SCHEMA ') && { newschema: a.newschema }),
  };
}

const UNKNOWN = { owner: '', data_type: '', increment: '', minvalue: '', maxvalue: '', start: '', cycle: '' };

/** Makes, changes and drops sequences. */
export const postgresqlSequence = defineModule({
  name: 'postgresql_sequence',
  collection: 'community.postgresql',
  summary: 'Makes, changes and drops sequences of a PostgreSQL database.',
  args,
  rules: {
    mutuallyExclusive: [
      ...[...ALONE, 'cascade', 'owner', 'newschema'].map((name) => ['rename_to', name]),
      ...[...ALONE, 'owner', 'newschema'].map((name) => ['cascade', name]),
    ],
  },
  returns: {
    ...{
      state: 'as wished',
      sequence: 'its name',
      schema: 'its schema',
      queries: 'the statements',
      owner: 'its owner',
    },
    ...{
      data_type: 'its type',
      increment: 'its step',
      minvalue: 'its least value',
      maxvalue: 'its greatest value',
    },
    ...{
      start: 'its first value',
      cycle: 'whether it begins again',
      newname: 'its other name',
      newschema: 'its other schema',
    },
  },
  examples: `
- name: Orders have numbers
  postgresql_sequence:
    db: acme
    name: order_number
    start: 1000
    owner: app
`,
  queries: (a) => ({ now: ask(a, a.db, { sequence: select(a) }) }),
  report: (_, { now }) => {
    const rows = now.rc === 0 ? (JSON.parse(now.stdout.toString('utf8')) as { sequence: Rows }).sequence : [];
    return { ...UNKNOWN, ...rows[0] };
  },
  plan: (a, { now }, info) => {
    const refused = distrusted(a, [a.sequence, a.schema, a.rename_to, a.owner, a.newschema]);
    if (refused) return refused;
    const { rows, plan } = told<'sequence'>(now, info);
    if (!rows) return plan;
    const found = rows.sequence[0];
    if (!found && a.state === 'present' && (a.rename_to !== undefined || a.newschema !== undefined)) {
      if (mayComeLater(info)) return change('an earlier task may make the sequence', []);
      const what = a.rename_to === undefined ? 'change of schema not possible' : 'nothing to rename';
      return failed(`Sequence '${a.sequence}' does not exist, ${what}`);
    }
    const todo = statements(a, found);
    const reason = todo.length > 0 ? 'the sequence is otherwise' : 'the sequence is as wished';
    return planStatements({
      login: a,
      db: a.db,
      reason,
      statements: todo,
      fields: (queries) => fields(a, queries),
    });
  },
});
