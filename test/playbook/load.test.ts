import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadPlaybook } from '../../lib/playbook/load.js';
import { inFolder } from '../inventory/cases.js';
import { type Case, type Expected, errorsOf, listed, options, placeOf, readCases } from './cases.js';

const ORACLE = '/usr/bin/ansible-playbook';
const casesIn = (name: string): Case[] =>
  readCases(fileURLToPath(new URL(`cases/${name}.yml`, import.meta.url)));

/** The plays and tasks that `ansible-playbook --list-tasks` prints, in the form of `listed`. */
function theirs(dir: string): string[] {
  const args = ['-i', 'localhost,', '--list-tasks', 'site.yml'];
  const text = execFileSync(ORACLE, args, { cwd: dir, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  return text.split('\n').flatMap((line) => {
    const match = /^\s+(.*)\tTAGS: \[(.*)\]$/.exec(line);
    if (!match) return [];
    const play = /^play #\d+ (\(.*\)): /.exec(match[1]!);
    if (!play) return [`${match[1]} [${match[2]}]`];
    const tags = match[2]!
      .replace(/a,b/, 'a;b')
      .split(',')
      .map((tag) => tag.replace(';', ','));
    return [`play ${play[1]} [${tags.sort().join(', ')}]`];
  });
}

for (const { name, files, list } of casesIn('lists')) {
  test(`list: ${name}`, () =>
    inFolder(files, async (dir) => {
      const { playbook } = await loadPlaybook('site.yml', options(dir));
      const expected = list!.map((line) =>
        line.replace(/^(play .*) \[(.*)\]$/, (_, head, tags) => `${head} [${sortTags(tags)}]`),
      );
      assert.equal(playbook.plays.flatMap(listed), expected);
    }));
  test(`as Ansible lists it: ${name}`, () =>
    inFolder(files, async (dir) => {
      if (!existsSync(ORACLE)) return console.log('skipped: no ansible-playbook here');
      const { playbook } = await loadPlaybook('site.yml', options(dir));
      assert.equal(playbook.plays.flatMap(listed), theirs(dir));
    }));
}

function sortTags(tags: string): string {
  return tags.split(', ').sort().join(', ');
}

function matches(expected: Expected, message: string): boolean {
  return expected.regex ? new RegExp(expected.message).test(message) : message.includes(expected.message);
}

for (const { name, files, errors } of casesIn('errors'))
  test(`errors: ${name}`, () =>
    inFolder(files, async (dir) => {
      const found = await errorsOf(loadPlaybook('site.yml', options(dir)));
      const shown = found.map((e) => `${placeOf(e, dir)} ${e.message}`);
      assert.is(found.length, errors!.length, shown.join('\n'));
      errors!.forEach((expected, i) => {
        assert.is(placeOf(found[i]!, dir), expected.at, shown.join('\n'));
        assert.ok(matches(expected, found[i]!.message), `${shown[i]} should say ${expected.message}`);
      });
    }));

test('a playbook is looked for in playbooks/ too', () =>
  inFolder({ 'playbooks/site.yml': '- hosts: all\n' }, async (dir) => {
    assert.is((await loadPlaybook('site.yml', options(dir))).playbook.plays.length, 1);
    const [error] = await errorsOf(loadPlaybook('sit.yml', options(dir)));
    assert.match(error!.message, /'sit.yml' was not found \(did you mean 'site.yml'\?\)/);
  }));

test('a file of cases with an unknown key is refused', () => {
  assert.throws(() => readCases('x.yml', '- {name: x, error: y}'), /unknown key 'error'/);
});

test.run();
