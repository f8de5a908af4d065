import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { plain } from '../../lib/report/paint.js';
import { warner, warningsOf } from '../../lib/report/warning.js';
import { inProcess } from '../cli/program.js';

function said(...texts: string[]): string[] {
  const out: string[] = [];
  const warn = warner((text) => out.push(text), plain);
  for (const text of texts) warn(text);
  return out;
}

test('a warning is wrapped at 79 columns', () => {
  const [text = ''] = said(`${'word '.repeat(40)}end`);
  const lines = text.split('\n');
  assert.ok(lines.length > 2 && lines.every((line) => line.length <= 79 && !line.endsWith(' ')));
  assert.is(lines.join(' '), `[WARNING]: ${'word '.repeat(40)}end`);
});

test('lines stay lines, and a warning is said once', () => {
  assert.equal(said('one\n  two', 'one\n  two', 'three'), ['[WARNING]: one\n  two', '[WARNING]: three']);
});

test('only a list of a result holds warnings', () => {
  assert.equal(warningsOf({ warnings: ['a', 'b'] }), ['a', 'b']);
  assert.equal(warningsOf({ warnings: 'a' }), []);
});

const PLAYBOOK = `- hosts: localhost
  gather_facts: false
  connection: local
  vars: {foo: bar}
  tasks:
    - assert: {that: ['"{{ foo }}" == "bar"', foo == "bar"], quiet: true}
      loop: [1, 2]
    - ping:
      when: '{{ foo == "bar" }}'
      changed_when: '{% if true %}true{% endif %}'
      failed_when: foo == "{{ item|default(1) }}"
`;

test('conditions that are templates are warned of once each', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-warning-'));
  try {
    writeFileSync(join(dir, 'site.yml'), PLAYBOOK);
    const { err } = await inProcess(['-i', 'localhost,', 'site.yml'], dir);
    const found = [
      ...err
        .replaceAll('\n', ' ')
        .matchAll(/delimiters such as \{\{ \}\} or \{% %\}\. Found: (.*?)(?= \[WARN|\s*$)/g),
    ];
    assert.equal(
      found.map(([, text]) => text),
      [
        '"{{ foo }}" == "bar"',
        '{{ foo == "bar" }}',
        '{% if true %}true{% endif %}',
        'foo == "{{ item|default(1) }}"',
      ],
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test.run();
