import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../lib/values/json.js';
import { type Case, caseFiles, type Expected } from './cases.js';
import { compare, filled } from './run-case.js';

/**
 * The same cases run by ansible-playbook: what they expect is what Ansible does. One playbook holds them all, a few
 * seconds per dozen, so it is only run when FFE_ORACLE=1 asks for it. Where this program means to differ is in KNOWN.
 */
const MODULES = ['file', 'copy', 'template', 'lineinfile', 'blockinfile', 'replace', 'stat', 'slurp'];
const KNOWN: Readonly<Record<string, string>> = {
  'blockinfile/blocks.yml: with empty lines around': 'newer than core 2.14',
  'copy/files.yml: folder that is missing': 'check mode tells of it already',
  'copy/files.yml: checksum that differs': 'check mode tells of it already',
  'copy/on-node.yml: what is in the folder': 'folders above are made',
  'file/states.yml: an owner that does not exist fails in words': 'check mode does not ask for users',
  'lineinfile/lines.yml: validate without a place for the file': 'check mode tells of it already',
  'replace/replaced.yml: a bad pattern': 'a traceback there',
  'template/templates.yml: other delimiters': 'the second run of the playbook templates the script',
};
/** Paths of temporary files, the form of diffs, and the order of keys differ. */
const LEFT_OUT = new Set(['diff', 'src', 'stat']);

function comparable(expected: Expected): Expected {
  const { reason: _reason, diff: _diff, result, match, ...rest } = expected;
  const kept = <T>(fields: Record<string, T> = {}) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !LEFT_OUT.has(name)));
  return { ...rest, result: kept(result), match: kept(match) };
}

type Staged = { name: string; module: string; one: Case; dir: string; controller: string };

function stage(root: string): Staged[] {
  const here = dirname(fileURLToPath(import.meta.url));
  const only = process.argv[2] ?? '';
  const found = caseFiles(here, 'scratch').filter(
    ({ file, cases }) => MODULES.includes(cases.module) && file.includes(only),
  );
  const all = found.flatMap(({ file, cases }) =>
    cases.cases
      .filter((one) => one.args && !one.invalid && !one.pending)
      .map((one) => ({ name: `${file}: ${one.name}`, module: cases.module, one })),
  );
  return all.map((item, i) => {
    const staged = { ...item, dir: join(root, `${i}`, 'd'), controller: join(root, `${i}`, 'c') };
    mkdirSync(staged.dir, { recursive: true });
    mkdirSync(staged.controller);
    for (const [name, content] of Object.entries(item.one.controller ?? {})) {
      const at = join(staged.controller, name);
      mkdirSync(name.endsWith('/') ? at : dirname(at), { recursive: true });
      if (!name.endsWith('/')) writeFileSync(at, content);
    }
    return staged;
  });
}

/** Ansible looks beside the playbook; the cases' own folders are told by whole paths. */
function argsOf(item: Staged): JsonObject {
  const args: JsonObject = filled(item.one.args!, item);
  const local = ['copy', 'template', 'assemble'].includes(item.module) && args.remote_src !== true;
  if (!local || typeof args.src !== 'string' || args.src.startsWith('/')) return args;
  const places = ['files', 'templates', ''].map((folder) => join(item.controller, folder, String(args.src)));
  const src = places.find((p) => existsSync(p));
  return src === undefined
    ? args
    : { ...args, src: String(args.src).endsWith('/') ? `${src}/`.replace('//', '/') : src };
}

function tasksOf(item: Staged): JsonObject[] {
  const line = (text: string | undefined) =>
    text === undefined
      ? []
      : [{ 'ansible.builtin.shell': { cmd: `set -e\n${filled(text, item)}`, chdir: item.dir } }];
  const call = { [`ansible.builtin.${item.module}`]: argsOf(item), vars: filled(item.one.vars ?? {}, item) };
  const always = { ignore_errors: true };
  return [
    ...line(item.one.setup).map((t) => ({ ...t, name: 'setup', ...always })),
    { ...call, name: 'check', check_mode: true, ...always },
    { ...call, name: 'run', ...always },
    ...line(item.one.after).map((t) => ({ ...t, name: 'after', ...always })),
    { ...call, name: 'again', ...always },
  ];
}

type Play = { tasks: { task: { name: string }; hosts: { localhost: JsonObject } }[] };

async function run(root: string, items: readonly Staged[]): Promise<Play[]> {
  const plays = items.map((item) => ({
    hosts: 'localhost',
    connection: 'local',
    gather_facts: false,
    tasks: tasksOf(item),
  }));
  // Texts of set-up scripts may hold what looks like a template.
  const file = join(root, 'site.json');
  writeFileSync(file, JSON.stringify(plays));
  const env = { ...process.env, ANSIBLE_STDOUT_CALLBACK: 'json', ANSIBLE_LOCALHOST_WARNING: 'false' };
  const options = { env, maxBuffer: 1 << 28, timeout: 1_800_000 };
  const { stdout } = await promisify(execFile)('ansible-playbook', ['--diff', file], options);
  return (JSON.parse(stdout.slice(stdout.indexOf('{'))) as { plays: Play[] }).plays;
}

function outcome(result: JsonObject) {
  const status = result.failed ? 'failed' : result.skipped ? 'skipped' : result.changed ? 'changed' : 'ok';
  return { status, result } as const;
}

const oracle = suite('cases as Ansible runs them');

if (process.env.FFE_ORACLE !== '1' || !existsSync('/usr/bin/ansible-playbook'))
  console.log('left out: FFE_ORACLE=1 and ansible-playbook are needed to compare the cases with Ansible');
else {
  const root = mkdtempSync(join(tmpdir(), 'ffe-oracle-'));
  const items = stage(root);
  const plays = await run(root, items);
  for (const [i, item] of items.entries())
    oracle(item.name, () => {
      const of = (name: string) => plays[i]!.tasks.find((t) => t.task.name === name)?.hosts.localhost;
      const { one } = item;
      const expect = one.expect ?? {};
      const known = comparable(expect);
      if (KNOWN[item.name] !== undefined) return;
      compare(outcome(of('run')!), known, item, 'run');
      compare(
        outcome(of('check')!),
        comparable(one.check ?? { changed: expect.changed, failed: expect.failed }),
        item,
        'check',
      );
      assert.is(of('after')?.failed ?? false, false, `after: ${JSON.stringify(of('after'))}`);
      if (one.again !== false && expect.failed === undefined) assert.is(of('again')!.changed, false, 'again');
    });
  oracle.after(() => rmSync(root, { recursive: true, force: true }));
}

oracle.run();
