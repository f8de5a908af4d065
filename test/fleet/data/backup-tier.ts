import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Lab } from '../../../lib/lab/index.js';
import { onNode } from '../fleet.js';
import { failuresOf, inventoryOf, provision, type Ran, rolesPlay, type Shape } from '../roles/provision.js';
import { databases, PACKAGES, SECRET, sql } from './shape.js';

/** The nodes: a primary, its replica, and one that keeps their backups. */
export const NODES = ['db1', 'db2', 'bk1'];

/** What the roles need of Debian and nodes need not fetch in each test. */
export const IMAGE = { include: [...PACKAGES, 'libxml2', 'liblz4-1', 'libzstd1', 'libbz2-1.0', 'rsync'] };

/** Where the text files of metrics are. */
export const METRICS = '/var/lib/prometheus/node-exporter';

/** An inventory's shape: replicated databases with backups on a node of their own, and further variables. */
export function backedUp(vars: Record<string, unknown> = {}): Shape {
  const { groups, vars: all } = databases(['db1', 'db2'], {
    postgres_topology: 'replica',
    backup_cipher_password: `${SECRET} 5`,
    backup_paths: ['/etc/hosts', '/srv/ffe'],
    backup_alert_command: 'cat >>/run/alert',
    backup_test_queries: [{ database: 'ffe', sql: 'SELECT count(*) > 0 FROM rows' }],
    ...vars,
  });
  return { groups: { ...groups, backup: ['bk1'], ca: ['bk1'] }, vars: all };
}

/** Runs a playbook that must succeed, and shows no secret. */
export async function play(lab: Lab, args: readonly string[], shape = backedUp()): Promise<Ran> {
  const ran = await provision(inventoryOf(lab, shape), ...args);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not.match(ran.out + ran.err, new RegExp(SECRET));
  return ran;
}

/** The play of the role backup. */
export const backupPlay = (lab: Lab, vars: Record<string, unknown> = {}) =>
  rolesPlay(lab, [{ role: 'backup', ...vars }], 'postgres:backup');

/** The moment on a database node's clock, as restore.yml takes it. */
export async function momentOf(lab: Lab, node: string): Promise<string> {
  const now = sql('SELECT clock_timestamp()', 'postgres');
  const moment = (await onNode(lab, node, now)).trim();
  // What comes after it has another commit time for sure.
  await onNode(lab, node, sql('SELECT pg_sleep(0.1)', 'postgres'));
  return moment;
}

/** Builds the databases, with a table of a hundred rows, and files that are backed up. */
export async function withRows(lab: Lab): Promise<void> {
  await play(lab, [rolesPlay(lab, [{ role: 'postgres' }], 'postgres')]);
  for (const name of NODES) await onNode(lab, name, 'mkdir /srv/ffe; echo order >/srv/ffe/data');
  await onNode(lab, 'db1', sql('CREATE TABLE rows (n int); GRANT SELECT ON rows TO reader'));
  await addRows(lab, 1, 100);
}

/** Adds rows with these numbers on the primary. */
export async function addRows(lab: Lab, from: number, to: number): Promise<void> {
  await onNode(lab, 'db1', sql(`INSERT INTO rows SELECT generate_series(${from}, ${to})`));
}

/** What is in the table of rows: how many, and the greatest. */
export async function rowsOf(lab: Lab, node: string): Promise<string> {
  return (await onNode(lab, node, sql('SELECT count(*), max(n) FROM rows'))).trim();
}

const QUOTED = /"([^"]*)"|(\S+)/g;

/** The commands of docs/disaster-recovery.md that are about something. Each must be run; `left` are those that were not. */
export function commandsOfTheDocument(about: RegExp) {
  const text = readFileSync('docs/disaster-recovery.md', 'utf8');
  const known = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block]) => block!.trim().split('\n'));
  const left = new Set(known.filter((line) => about.test(line)));
  const take = (like: RegExp): string => {
    const command = known.find((line) => like.test(line));
    assert.ok(command, `the document has a command like ${like}`);
    left.delete(command);
    return command;
  };
  return {
    left: () => [...left],
    /** The line itself, with the names of the example replaced. */
    line: (like: RegExp, names: Readonly<Record<string, string>>): string =>
      Object.entries(names).reduce((line, [from, to]) => line.replace(from, to), take(like)),
    /** Arguments of ffe-provision, the playbook first; the values of `put` replace those of the example. */
    playbook(like: RegExp, put: Readonly<Record<string, string>> = {}): string[] {
      const words = [...take(like).matchAll(QUOTED)].map(([, quoted, bare]) => quoted ?? bare!);
      const [, , , playbook, ...options] = words;
      return [`playbooks/${playbook}`, ...options.map((word) => given(word, put))];
    },
  };
}

function given(word: string, put: Readonly<Record<string, string>>): string {
  const [name, value] = word.split(/=(.*)/s);
  return value === undefined ? word : JSON.stringify({ [name!]: put[name!] ?? value });
}

/** The value of a metric that a backup has left on a node; undefined without one. */
export async function metricOf(
  lab: Lab,
  node: string,
  kind: string,
  name: string,
): Promise<number | undefined> {
  const text = await onNode(lab, node, `cat ${METRICS}/ffe-backup-${kind}.prom`);
  const line = text.split('\n').find((one) => one.startsWith(`${name}{`) || one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(parse(line.split(' ').at(-1)!));
}
