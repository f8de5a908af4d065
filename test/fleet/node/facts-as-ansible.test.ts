import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Lab, writeLoginInventory } from '../../../lib/lab/index.js';
import type { FactsAnswer } from '../../../lib/node/queries/query.js';
import type { Json, JsonObject } from '../../../lib/values/json.js';
import { fleetSuite } from '../fleet.js';
import { onLab } from './nodes.js';

const test = fleetSuite('node: facts as Ansible gathers them', { nodes: 1, image: { variant: 'python' } });

function hasAnsible(): boolean {
  try {
    return execFileSync('ansible', ['--version']).length > 0;
  } catch {
    return false;
  }
}

function ansibleFacts(lab: Lab): JsonObject {
  const config = join(lab.dir, 'ansible.cfg');
  writeFileSync(config, '[defaults]\ninterpreter_python = /usr/bin/python3\nnocolor = true\n');
  const text = execFileSync('ansible', ['n1', '-i', writeLoginInventory(lab), '-m', 'setup'], {
    encoding: 'utf8',
    env: { ...process.env, ANSIBLE_CONFIG: config },
  });
  const { ansible_facts: facts } = JSON.parse(text.slice(text.indexOf('{'))) as { ansible_facts: JsonObject };
  return Object.fromEntries(Object.entries(facts).map(([k, v]) => [k.replace(/^ansible_/, ''), v]));
}

// What no two runs have in common; then what a node without python cannot have, and what setup itself adds.
const VARYING = ['date_time', 'loadavg', 'memfree_mb', 'memory_mb', 'uptime_seconds', 'env', 'mounts'];
const WITHOUT = ['discovered_interpreter_python', 'gather_subset', 'module_setup'];

/** Lists of names come in no order that means something. */
function settled(value: Json | undefined): Json | undefined {
  if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return [...value].sort();
  return value;
}

/** The shape of a value: names and types all the way down, without the values themselves. */
function shape(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shape))].sort().join('|')}]`;
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  const keys = Object.keys(value).sort();
  return `{${keys.map((k) => `${k}: ${shape(value[k])}`).join(', ')}}`;
}

(hasAnsible() ? test : test.skip)('same names, same types, same values', async ({ lab }) => {
  const theirs = ansibleFacts(lab);
  const query = { kind: 'facts', subset: ['all'], factPath: '/etc/ansible/facts.d', timeout: 10 } as const;
  const ours = await onLab(lab, async (node) => ((await node.ask([query]))[0] as FactsAnswer).facts);
  const names = Object.keys(theirs).filter((n) => !WITHOUT.includes(n));
  assert.equal(Object.keys(ours).sort(), names.sort());
  for (const name of names)
    if (!VARYING.includes(name)) assert.equal(settled(ours[name]), settled(theirs[name]), name);
    else if (name !== 'env') assert.is(shape(ours[name]), shape(theirs[name]), name);
});

test.run();
