import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Lab } from '../../../lib/lab/index.js';
import { noFleet, withLab } from '../fleet.js';
import { hasAnsible, runAnsible, runOurs, withScratch, writeInventory } from './programs.js';
import { readOurs, readTheirs, steady, type Told } from './results.js';
import { difference, stateOf } from './state.js';

// Each task of these playbooks, on a node without python by us and on one with it by ansible-playbook: the same state of
// the task, the same values in the fields that Ansible documents, the same state of the node in the end.
const here = fileURLToPath(new URL('.', import.meta.url));
const PLAYBOOKS = ['files', 'text', 'system'].map((name) => join(here, 'tasks', `${name}.yml`));
type Documented = Record<string, { returns: string[] }>;
const documented = JSON.parse(
  readFileSync(join(here, '../../modules/recorded/documented.json'), 'utf8'),
) as Documented;
/** By task: fields that differ, each with the reason. */
const known = parse(readFileSync(join(here, 'tasks', 'known.yaml'), 'utf8')) as Record<
  string,
  Record<string, string>
>;
/** Fields that results of files have beyond those that are documented for each module. */
const COMMON = [
  'path',
  'dest',
  'state',
  'mode',
  'owner',
  'group',
  'uid',
  'gid',
  'size',
  'rc',
  'backup',
  'backup_file',
];

type Task = Record<string, unknown> & { name: string };
const KEYWORDS = new Set(['name', 'ignore_errors', 'register', 'loop']);

function tasksOf(file: string): Task[] {
  const [play] = parse(readFileSync(file, 'utf8')) as [{ tasks: Task[] }];
  return play.tasks;
}

function fieldsOf(file: string): Map<string, readonly string[]> {
  return new Map(
    tasksOf(file).map((task) => {
      const module = Object.keys(task).find((key) => !KEYWORDS.has(key)) ?? '';
      const returns = documented[module.includes('.') ? module : `ansible.builtin.${module}`]?.returns ?? [];
      return [task.name, [...new Set([...returns, ...COMMON])]];
    }),
  );
}

type Side = { readonly told: readonly Told[]; readonly became: readonly string[] };

async function run(lab: Lab, file: string, ours: boolean): Promise<Side> {
  return withScratch(async (folder) => {
    const args = ['-i', writeInventory(lab, folder, {}), file];
    const before = await stateOf(lab, 'n1');
    const done = ours
      ? await runOurs([...args, '--output', 'json'])
      : await runAnsible(args, { env: { ANSIBLE_STDOUT_CALLBACK: 'json' } });
    assert.is(done.code, 0, done.stdout.slice(-2000) + done.stderr);
    const told = (ours ? readOurs : readTheirs)(done.stdout);
    return { told, became: difference(before, await stateOf(lab, 'n1')) };
  });
}

function differing(ours: Told, theirs: Told, fields: readonly string[]): string[] {
  const reasons = known[ours.task] ?? {};
  const out = ours.state === theirs.state ? [] : [`${ours.task}: ${ours.state}, Ansible ${theirs.state}`];
  for (const field of fields) {
    if (field in reasons || (!(field in theirs.result) && !(field in ours.result))) continue;
    // What Ansible does not give may be more here.
    if (!(field in theirs.result)) continue;
    const [a, b] = [steady(ours.result[field], field), steady(theirs.result[field], field)].map((v) =>
      JSON.stringify(v),
    );
    if (a !== b) out.push(`${ours.task}: ${field} is ${a}, Ansible's ${b}`);
  }
  return out;
}

const test = suite('twin nodes: results');
const reason = noFleet() ?? (hasAnsible() ? undefined : 'ansible-playbook is not installed');
if (reason) console.log(`no fleet: ${reason}`);
const check = reason ? test.skip : test;

check('each task comes to the same', () =>
  withLab({ nodes: 1 }, (minimal) =>
    withLab({ nodes: 1, image: { variant: 'python' } }, async (python) => {
      assert.ok(PLAYBOOKS.flatMap(tasksOf).length >= 150);
      const wrong: string[] = [];
      for (const file of PLAYBOOKS) {
        const [ours, theirs] = [await run(minimal, file, true), await run(python, file, false)];
        assert.equal(
          ours.told.map((t) => t.task),
          theirs.told.map((t) => t.task),
        );
        const fields = fieldsOf(file);
        ours.told.forEach((one, i) => {
          wrong.push(...differing(one, theirs.told[i]!, fields.get(one.task) ?? COMMON));
        });
        const steadyLines = (lines: readonly string[]) => lines.map((line) => String(steady(line))).sort();
        const [a, b] = [steadyLines(ours.became), steadyLines(theirs.became)];
        wrong.push(...a.filter((l) => !b.includes(l)).map((l) => `ours only: ${l}`));
        wrong.push(...b.filter((l) => !a.includes(l)).map((l) => `Ansible's only: ${l}`));
      }
      assert.equal(wrong, []);
    }),
  ),
);

test.run();
