import { path, type ReadAnswer } from '../node/queries/query.js';
import { quote, quoteAll } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import {
  clientFunction,
  mysqlLoginArgs,
  mysqlName,
  mysqlRead,
  mysqlRun,
  mysqlText,
  rowsOf,
  unanswered,
} from './mysql/session.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok, type Plan } from './plan.js';
import { probed } from './probed-file.js';
import { complaint } from './program.js';

const args = {
  ...mysqlLoginArgs,
  name: {
    type: 'list',
    elements: 'str',
    required: true,
    aliases: ['db'],
    doc: 'The databases; all with dump and import.',
  },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'dump', 'import', 'present'],
    doc: 'Whether they are there; or write them to a file, or read one.',
  },
  encoding: { type: 'str', default: '', doc: 'The character set of a new database, and of dumps.' },
  collation: { type: 'str', default: '', doc: 'The order of texts of a new database.' },
  target: { type: 'path', doc: 'The file; one whose name ends in .gz, .bz2 or .xz is compressed.' },
  single_transaction: { type: 'bool', default: false, doc: 'Dump in one transaction.' },
  quick: { type: 'bool', default: true, doc: 'Dump tables row by row.' },
  ignore_tables: {
    type: 'list',
    elements: 'str',
    default: [],
    doc: 'Tables that are left out, as database.table.',
  },
  hex_blob: { type: 'bool', default: false, doc: 'Dump bytes as hexadecimal numbers.' },
  force: { type: 'bool', default: false, doc: 'Go on after an error.' },
  master_data: {
    type: 'int',
    default: 0,
    choices: [0, 1, 2],
    doc: 'Dump where a replica has to begin; 2 as a comment.',
  },
  skip_lock_tables: { type: 'bool', default: false, doc: 'Do not lock tables while they are dumped.' },
  dump_extra_args: { type: 'str', doc: 'Further words for mysqldump, as a shell reads them.' },
  use_shell: {
    type: 'bool',
    default: false,
    doc: 'Has no effect: compressed files are always read by a pipe.',
  },
  unsafe_login_password: {
    type: 'bool',
    default: false,
    doc: 'Has no effect: passwords are in no command line.',
  },
  restrict_config_file: {
    type: 'bool',
    default: false,
    doc: 'Has no effect: no other configuration file is read.',
  },
  config_overrides_defaults: {
    type: 'bool',
    default: false,
    doc: 'Has no effect: what is not given is from the configuration file.',
  },
  chdir: { type: 'path', doc: 'The folder that dumps name further files from.' },
  pipefail: { type: 'bool', default: false, doc: 'Has no effect: a failure of any part is one.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const PACKERS: Readonly<Record<string, string>> = { gz: 'gzip', bz2: 'bzip2', xz: 'xz' };

function packer(a: Args): string | undefined {
  return PACKERS[a.target?.split('.').at(-1) ?? ''];
}

const isAll = (a: Args): boolean => a.name.length === 1 && a.name[0] === 'all';
const names = (a: Args): string[] => a.name.map((name) => name.trim());

/** Sh source that prints the dump, compressed as its name says; the end of every part counts. */
function dumpScript(a: Args): string {
  const on = (flag: boolean, ...words: string[]) => (flag ? words : []);
  const which = isAll(a)
    ? ['--all-databases']
    : names(a).length > 1
      ? ['--databases', ...names(a)]
      : names(a);
  const words = [
    ...on(a.force, '--force'),
    ...which,
    ...on(a.skip_lock_tables, '--skip-lock-tables'),
    ...on(a.encoding !== '', `--default-character-set=${a.encoding}`),
    ...on(a.single_transaction, '--single-transaction'),
    ...on(a.quick, '--quick'),
    ...a.ignore_tables.map((table) => `--ignore-table=${table}`),
    ...on(a.hex_blob, '--hex-blob'),
    ...on(a.master_data > 0, `--master-data=${a.master_data}`),
  ];
  const dump = `client mysqldump ${quoteAll(words)} ${a.dump_extra_args ?? ''} </dev/null`;
  const pack = packer(a);
  if (pack === undefined) return `${clientFunction(a)}\n${dump}`;
  return `${clientFunction(a)}
r=$(mktemp) || exit; { ${dump} || echo $? >"$r"; } | ${pack}; e=$?
read -r x <"$r"; rm -f "$r"; exit "\${x:-$e}"`;
}

function importScript(a: Args): string {
  const words = [
    'mysql',
    ...(a.force ? ['-f'] : []),
    ...(a.encoding === '' ? [] : [`--default-character-set=${a.encoding}`]),
    ...(isAll(a) ? [] : ['--one-database', names(a)[0]!]),
  ];
  const run = `client ${quoteAll(words)}`;
  const pack = packer(a);
  const into = a.chdir === undefined ? '' : `cd ${quote(a.chdir)} || exit\n`;
  if (pack === undefined) return `${into}${clientFunction(a)}\n${run} <${quote(a.target!)}`;
  return `${into}${clientFunction(a)}
r=$(mktemp) || exit; { ${pack} -dc ${quote(a.target!)} || echo $? >"$r"; } | ${run}; e=$?
read -r x <"$r"; rm -f "$r"; exit "\${x:-$e}"`;
}

function refused(a: Args): string | undefined {
  const moves = a.state === 'dump' || a.state === 'import';
  if (a.state === 'import' && a.name.length > 1)
    return 'Multiple databases are not supported with state=import';
  if (moves && a.target === undefined) return `with state=${a.state} target is required`;
  if (!moves && isAll(a)) return "name is not allowed to equal 'all' unless state equals import, or dump.";
  return a.ignore_tables.includes('') ? 'Name of ignored table cannot be empty' : undefined;
}

function createStatement(a: Args, name: string): string {
  const set = a.encoding === '' ? '' : ` CHARACTER SET ${mysqlText(a.encoding)}`;
  return `CREATE DATABASE ${mysqlName(name)}${set}${a.collation === '' ? '' : ` COLLATE ${mysqlText(a.collation)}`}`;
}

function existing(now: ReadAnswer): Set<string> {
  return new Set(rowsOf(now).map(([name]) => name!));
}

function planStatements(a: Args, statements: readonly string[], doing: string): Plan {
  const result = { db: names(a).join(' '), db_list: names(a), executed_commands: [...statements] };
  if (statements.length === 0) return ok('the databases are as wished', result);
  return change(`databases: ${a.state}`, [mysqlRun(a, statements)], {
    result,
    explain: (_, outcome) => `error ${doing} database: ${complaint(outcome)}`,
  });
}

/** Makes, drops, dumps and fills databases of MySQL and MariaDB with the client on the node. */
export const mysqlDb = defineModule({
  name: 'mysql_db',
  collection: 'community.mysql',
  summary: 'Makes, drops, dumps and imports databases of MySQL or MariaDB.',
  args,
  returns: {
    db: 'the names with blanks between',
    db_list: 'the names',
    executed_commands: 'the statements, or the program that dumped or read',
  },
  examples: `
- name: The shop has a database
  mysql_db:
    name: shop
    encoding: utf8mb4

- name: It is dumped
  mysql_db:
    name: shop
    state: dump
    target: /var/backups/shop.sql.gz
    single_transaction: true
`,
  queries: (a) => ({
    now: mysqlRead(a, 'SELECT SCHEMA_NAME FROM information_schema.SCHEMATA;\n'),
    target: a.target === undefined ? undefined : path(a.target, { follow: true }),
  }),
  plan: (a, { now, target }, info) => {
    const no = refused(a);
    if (no !== undefined) return failed(no);
    const silent = unanswered(a, now, info);
    if (silent) return silent;
    const there = existing(now);
    const missing = isAll(a) ? [] : names(a).filter((name) => !there.has(name));
    if (a.state === 'present')
      return planStatements(
        a,
        missing.map((n) => createStatement(a, n)),
        'creating',
      );
    if (a.state === 'absent') {
      const found = names(a).filter((name) => there.has(name));
      return planStatements(
        a,
        found.map((n) => `DROP DATABASE ${mysqlName(n)}`),
        'deleting',
      );
    }
    const result = { db: names(a).join(' '), db_list: names(a), msg: '' };
    if (a.state === 'dump') {
      if (missing.length > 0 && !mayComeLater(info))
        return failed(`Cannot dump database(s) '${missing.join(', ')}' - not found`);
      const content = { kind: 'made', script: dumpScript(a) } as const;
      return change('a dump', [{ kind: 'write', path: a.target!, content, expect: probed(target) }], {
        result: { ...result, executed_commands: ['mysqldump'] },
        explain: (_, outcome) => complaint(outcome),
      });
    }
    if (!target?.exists && !mayComeLater(info))
      return failed(`target ${a.target} does not exist on the host`);
    const first =
      missing.length > 0
        ? [
            mysqlRun(
              a,
              missing.map((n) => createStatement(a, n)),
            ),
          ]
        : [];
    return change('an import', [...first, { kind: 'run', script: importScript(a) }], {
      result: { ...result, executed_commands: [...missing.map((n) => createStatement(a, n)), 'mysql'] },
      explain: (_, outcome) => complaint(outcome),
    });
  },
});
