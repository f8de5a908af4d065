import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';
import { ask, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { literal, qualified } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  copy_to: { type: 'path', aliases: ['to'], doc: 'The file on the server, or the program, that gets rows.' },
  copy_from: { type: 'path', aliases: ['from'], doc: 'The file on the server, or the program, with rows.' },
  src: { type: 'str', aliases: ['source'], doc: 'The table or SELECT whose rows go to copy_to.' },
  dst: { type: 'str', aliases: ['destination'], doc: 'The table that gets the rows of copy_from.' },
  columns: { type: 'list', elements: 'str', aliases: ['column'], doc: 'The columns; default: all.' },
  program: { type: 'bool', default: false, doc: 'The other side is a command for the shell of the server.' },
  options: { type: 'dict', doc: 'Options of COPY, as format: csv.' },
  db: { type: 'str', aliases: ['login_db'], doc: 'The database.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const QUOTED = ['DELIMITER', 'NULL', 'QUOTE', 'ESCAPE', 'ENCODING'];

function options(a: Args): string[] {
  return Object.entries(a.options ?? {}).map(([name, value]) => {
    const text = String(value);
    return `${name} ${QUOTED.includes(name.toUpperCase()) ? literal(text).trim() : text}`;
  });
}

/** Ansible's test for a statement in the place of a table. */
const isSelect = (text: string): boolean => text.toUpperCase().includes('SELECT ');

/** The table or statement whose rows go in or out, as SQL. */
function relation(a: Args): string {
  const name = (a.copy_to === undefined ? a.dst : a.src) ?? '';
  return a.copy_to !== undefined && isSelect(name) ? `(${name.replace(/;\s*$/, '')})` : qualified(name);
}

function statement(a: Args): string {
  const set = options(a);
  const words = [
    `COPY ${relation(a)}`,
    a.columns?.length && `(${a.columns.join(',')})`,
    a.copy_to === undefined ? 'FROM' : 'TO',
    a.program && 'PROGRAM',
    literal((a.copy_to ?? a.copy_from)!).trim(),
    set.length > 0 && `(${set.join(', ')})`,
  ];
  return words.filter(Boolean).join(' ');
}

function lacking(a: Args): string | undefined {
  if (a.copy_from !== undefined && !a.dst) return 'dst param is necessary with copy_from';
  if (a.copy_to !== undefined && !a.src) return 'src param is necessary with copy_to';
  return undefined;
}

/** Copies rows between tables and files of the server. */
export const postgresqlCopy = defineModule({
  name: 'postgresql_copy',
  collection: 'community.postgresql',
  summary: 'Copies rows between PostgreSQL tables and files or programs of the server.',
  args,
  rules: {
    mutuallyExclusive: [
      ['copy_from', 'copy_to'],
      ['copy_from', 'src'],
      ['copy_to', 'dst'],
    ],
    requiredOneOf: [['copy_from', 'copy_to']],
  },
  returns: { queries: 'the statement', src: 'where the rows come from', dst: 'where they go' },
  examples: `
- name: Countries are in their table
  postgresql_copy:
    db: acme
    copy_from: /srv/acme/countries.csv
    dst: countries
    options:
      format: csv
`,
  // That the table is there and may be read is asked first, as it is all that check mode can tell.
  queries: (a) => ({
    now:
      lacking(a) === undefined ? ask(a, a.db, { rows: `SELECT 1 FROM ${relation(a)} x LIMIT 0` }) : undefined,
  }),
  plan: (a, { now }, info) => {
    const set = Object.entries(a.options ?? {}).map(([name, value]) => `${name} ${String(value)}`);
    const places = [a.copy_to, a.copy_from, a.src, a.dst];
    const refused = distrusted(a, [...places, ...set, ...(a.columns ?? [])]);
    if (refused) return refused;
    const no = lacking(a);
    if (no !== undefined || !now) return failed(no ?? 'nothing to copy');
    const { rows, plan } = told<'rows'>(now, info);
    if (!rows) return plan;
    const ways = { src: a.copy_from ?? a.src!, dst: a.copy_to ?? a.dst! };
    return planStatements({
      ...{ login: a, db: a.db, statements: [statement(a)], reason: 'rows are copied each time' },
      fields: (queries) => ({ queries, ...ways }),
    });
  },
});
