import { path } from '../node/queries/query.js';
import type { Json } from '../values/json.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { bind } from './postgresql/bind.js';
import { queryArgs } from './postgresql/query-args.js';
import { type Outcome, runQueries } from './postgresql/session.js';
import { splitSql } from './postgresql/split-sql.js';
import { distrusted } from './postgresql/statements.js';
import { StepError, stepping } from './steps.js';

/** Whether a statement of such a status changed something. */
function changes({ status }: Outcome): boolean {
  if (status.includes('SELECT') || status === '') return false;
  return /^(?:UPDATE|INSERT|DELETE|MERGE)/.test(status) ? !/ 0$/.test(status) : true;
}

/** The text of a script on the node. */
export async function scriptText(info: Pick<RunInfo, 'node' | 'become'>, file: string): Promise<string> {
  const [answer] = await info.node.ask([path(file, { content: true, follow: true })], info.become);
  if (answer?.kind === 'path' && answer.exists && answer.content)
    return Buffer.from(answer.content).toString('utf8');
  throw new StepError(`Cannot read file '${file}' : no such file, or it may not be read`);
}

/** A query with its values; a StepError when they do not fit. */
export function bound(sql: string, values: Parameters<typeof bind>[1]): string {
  try {
    const text = bind(sql, values);
    splitSql(text);
    return text;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StepError(`Cannot execute SQL '${sql}': ${error.message}`);
  }
}

function listOf(query: Json | undefined): string[] {
  return (Array.isArray(query) ? query : [query ?? '']).map(String);
}

const args = {
  ...queryArgs,
  query: { type: 'raw', doc: 'The statements; a list has a result for each of its elements.' },
  path_to_script: { type: 'path', doc: 'A file of statements on the node; postgresql_script is for that.' },
  autocommit: { type: 'bool', default: false, doc: 'No transaction around them, as VACUUM needs it.' },
  as_single_query: { type: 'bool', default: true, doc: 'False: each statement of a script has a result.' },
} as const;

/** Runs statements, and gives their rows with types. */
export const postgresqlQuery = defineModule({
  name: 'postgresql_query',
  collection: 'community.postgresql',
  summary: 'Runs SQL in a PostgreSQL database.',
  args,
  rules: { mutuallyExclusive: [['positional_args', 'named_args']] },
  returns: {
    query: 'the last query, with its values',
    query_list: 'the queries as given',
    statusmessage: "the server's word on the last one",
    query_result: 'the rows of the last one, as dicts by column',
    query_all_results: 'the rows of each',
    rowcount: 'how many rows there were in all',
  },
  examples: `
- name: Sessions that are too old
  postgresql_query:
    db: acme
    query: DELETE FROM sessions WHERE seen < now() - %s::interval
    positional_args: [7 days]
`,
  check: 'handled',
  run: (info) => stepping(() => runQuery(info)),
});

async function runQuery(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a, check } = info;
  const refused = distrusted(a, []);
  if (refused?.kind === 'failed') throw new StepError(refused.msg);
  if (typeof a.query === 'object' && !Array.isArray(a.query) && a.query !== null)
    throw new StepError('query argument must be of type string or list');
  if (a.autocommit && check) throw new StepError('Using autocommit is mutually exclusive with check_mode');
  if (a.path_to_script !== undefined && a.query)
    throw new StepError('path_to_script is mutually exclusive with query');
  const text = a.path_to_script === undefined ? undefined : await scriptText(info, a.path_to_script);
  const query_list = text === undefined ? listOf(a.query) : a.as_single_query ? [text] : splitSql(text);
  const values = a.positional_args?.length ? a.positional_args : a.named_args;
  const queries = query_list.map((sql) => bound(sql, values));
  const around = a.autocommit ? undefined : (['BEGIN;\n', check ? 'ROLLBACK;\n' : 'COMMIT;\n'] as const);
  const session = { login: a, db: a.db, searchPath: a.search_path, encoding: a.encoding, around };
  const { outcomes, failed } = await runQueries(info, session, queries);
  if (failed !== undefined) {
    if (failed.startsWith('unable to connect')) throw new StepError(failed);
    if (a.autocommit) for (const [i, o] of outcomes.entries()) if (changes(o)) info.did(query_list[i] ?? '');
    throw new StepError(`Cannot execute SQL '${query_list[outcomes.length] ?? ''}': ${failed}`, {
      query_list,
    });
  }
  const last = outcomes.at(-1);
  return {
    changed: outcomes.some(changes),
    query: queries.at(-1) ?? '',
    query_list,
    statusmessage: last?.status ?? '',
    query_result: last?.rows ?? {},
    query_all_results: outcomes.map((o) => o.rows),
    rowcount: outcomes.reduce((sum, o) => sum + o.count, 0),
  };
}
