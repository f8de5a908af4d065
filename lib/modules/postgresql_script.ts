import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { queryArgs } from './postgresql/query-args.js';
import { runQueries } from './postgresql/session.js';
import { splitSql } from './postgresql/split-sql.js';
import { distrusted } from './postgresql/statements.js';
import { bound, scriptText } from './postgresql_query.js';
import { StepError, stepping } from './steps.js';

const args = {
  ...queryArgs,
  path: { type: 'path', doc: 'The file of statements, on the node.' },
} as const;

/** Runs the statements of a file on the node. */
export const postgresqlScript = defineModule({
  name: 'postgresql_script',
  collection: 'community.postgresql',
  summary: 'Runs a file of SQL in a PostgreSQL database.',
  args,
  rules: { mutuallyExclusive: [['positional_args', 'named_args']] },
  returns: {
    query: 'the statements, with their values',
    statusmessage: "the server's word on the last statement",
    query_result: 'the rows of the last statement, as dicts by column',
    rowcount: 'how many rows it had',
  },
  examples: `
- name: The tables are there
  postgresql_script:
    db: acme
    path: /srv/acme/tables.sql
`,
  check: 'skip',
  run: (info) => stepping(() => runScript(info)),
});

async function runScript(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  const refused = distrusted(a, []);
  if (refused?.kind === 'failed') throw new StepError(refused.msg);
  if (a.path === undefined) throw new StepError('missing required arguments: path');
  const text = await scriptText(info, a.path);
  const sql = bound(text, a.positional_args?.length ? a.positional_args : a.named_args);
  // Several statements that are sent at once are one transaction.
  const around = splitSql(sql).length > 1 ? (['BEGIN;\n', 'COMMIT;\n'] as const) : undefined;
  const session = { login: a, db: a.db, searchPath: a.search_path, encoding: a.encoding, around };
  const { outcomes, failed } = await runQueries(info, session, [sql]);
  if (failed !== undefined) throw new StepError(`Cannot execute SQL '${text}': ${failed}`);
  const { rows, status, count } = outcomes[0]!;
  const counted = / \d+$/.test(status) ? count : -1;
  return { changed: true, query: sql, statusmessage: status, query_result: rows, rowcount: counted };
}
