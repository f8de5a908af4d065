import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { repr } from '../../lib/values/print.js';
import type { Value } from '../../lib/values/value.js';
import { parseYaml } from '../../lib/yaml/load.js';

const cases: [string, string][] = JSON.parse(readFileSync(new URL('values.json', import.meta.url), 'utf8'));

function ours(text: string): string {
  try {
    return repr(parseYaml(text, 'case.yml') as Value);
  } catch (error) {
    if (error instanceof FfeError && error.code === 'parse' && error.pos) return "'!error'";
    throw error;
  }
}

for (const [text, expected] of cases)
  test(`yaml ${JSON.stringify(text)}`, () => {
    assert.is(ours(text), expected);
  });

const ORACLE = `
import json, sys
from ansible.parsing.yaml.loader import AnsibleLoader
out = []
for text, _ in json.load(sys.stdin):
    try:
        out.append(repr(AnsibleLoader(text, 'case.yml', []).get_single_data()))
    except Exception:
        out.append("'!error'")
json.dump(out, sys.stdout)
`;

test('the expectations are what Ansible itself reads', () => {
  if (!existsSync('/usr/bin/ansible-playbook')) return console.log('skipped: no ansible-playbook here');
  const answer = execFileSync('/usr/bin/python3', ['-c', ORACLE], {
    input: JSON.stringify(cases),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const theirs: string[] = JSON.parse(answer.toString());
  const differing = cases.map(([text], i) => [text, theirs[i]!]).filter(([, got], i) => got !== cases[i]![1]);
  assert.equal(differing, []);
});

test.run();
