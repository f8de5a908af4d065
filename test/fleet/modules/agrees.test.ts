import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { runPlanModule } from '../../../lib/engine/task/plan-module.js';
import { type Lab, nodeNamed } from '../../../lib/lab/index.js';
import { modules } from '../../../lib/modules/index.js';
import { moduleTable } from '../../../lib/modules/table.js';
import { validateArgs } from '../../../lib/modules/validate.js';
import { createNode } from '../../../lib/node/assemble.js';
import { createConnection } from '../../../lib/node/connect.js';
import type { Json, JsonObject } from '../../../lib/values/json.js';
import type { LayeredScope } from '../../../lib/vars/scope.js';
import { fleetSuite } from '../fleet.js';
import { targetOf } from '../node/reach.js';

// Ansible is the oracle: what it made is found as wanted here, and what is made here it finds as wanted.
const here = dirname(fileURLToPath(import.meta.url));
const tasks = parse(readFileSync(join(here, 'agrees.yml'), 'utf8')) as JsonObject[];
const table = moduleTable(modules);
const oracle = spawnSync('ansible-playbook', ['--version']).status === 0;
const test = fleetSuite('agrees with ansible', {
  nodes: ['n1', 'n2'],
  image: { variant: 'python', include: ['cron'] },
});

async function ours(lab: Lab, name: string): Promise<string[]> {
  const node = createNode(createConnection(targetOf(lab, name)));
  const host = {
    verbosity: 0,
    host: name,
    evaluate: (): Json => null,
    condition: () => true,
    variable: () => undefined,
  };
  const said: string[] = [];
  try {
    for (const task of tasks) {
      const [word, given] = Object.entries(task)[0] as [string, JsonObject];
      const module = table.get(word);
      if (module?.kind !== 'plan') throw new Error(`${word} has no plan`);
      const valid = validateArgs(module, given);
      if (!valid.ok) throw valid.errors[0];
      const reach = { node: async () => node, become: () => undefined };
      // These modules ask nothing of the controller, so the scope is never looked at.
      const scope = {} as LayeredScope;
      const info = { ...host, check: false, diff: false };
      const outcome = await runPlanModule({ module, args: valid.args, info, reach, scope });
      said.push(`${word}: ${outcome.status}`);
    }
  } finally {
    await node.close();
  }
  return said;
}

function theirs(lab: Lab, name: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-agrees-'));
  try {
    const play = [{ hosts: 'all', gather_facts: false, tasks }];
    writeFileSync(join(folder, 'play.yml'), JSON.stringify(play));
    const ssh = `-F /dev/null -o UserKnownHostsFile=${lab.knownHosts} -o IdentityAgent=none -o ControlMaster=no`;
    const args = ['-i', `${nodeNamed(lab, name).address},`, '-u', 'root', '--private-key', lab.keyFile];
    const env = {
      ...process.env,
      ANSIBLE_STDOUT_CALLBACK: 'json',
      ANSIBLE_LOCAL_TEMP: folder,
      ANSIBLE_SSH_ARGS: ssh,
    };
    const out = execFileSync('ansible-playbook', [...args, join(folder, 'play.yml')], {
      env,
      encoding: 'utf8',
    });
    type Run = {
      plays: { tasks: { task: { name: string }; hosts: Record<string, { changed: boolean }> }[] }[];
    };
    const report = JSON.parse(out.slice(out.indexOf('{'))) as Run;
    return report.plays[0]!.tasks.map(
      (t) => `${t.task.name}: ${Object.values(t.hosts)[0]!.changed ? 'changed' : 'ok'}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const settled = (said: string[]) => said.filter((s) => !s.endsWith(': ok'));

if (!oracle) console.log('skipped: ansible-playbook is not here');
else {
  test('what Ansible made is as wanted', async ({ lab }) => {
    assert.ok(theirs(lab, 'n1').some((s) => s.endsWith('changed')));
    assert.equal(settled(await ours(lab, 'n1')), []);
  });
  test('what was made here is as Ansible wants it', async ({ lab }) => {
    assert.ok((await ours(lab, 'n2')).some((s) => s.endsWith('changed')));
    assert.equal(settled(theirs(lab, 'n2')), []);
  });
}

test.run();
