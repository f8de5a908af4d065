/** The command lines of the documents that name an inventory of this project can be run: options, playbooks, hosts. */
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { parseFlags } from '../../lib/cli/parse-flags.js';
import { documents } from './documents.js';

type Group = { hosts?: Record<string, unknown>; children?: Record<string, Group> };

const OWN = /^ffe-provision -i (inventory\/(?:prod|single)\.yml) /;

/** Words of a line of sh, without its comment; single and double quotes group. */
function words(line: string): string[] {
  const found = line.replace(/\s+# .*$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g);
  return [...found].map(([, single, double, bare]) => single ?? double ?? bare ?? '').slice(1);
}

function namesIn(group: Group): string[] {
  const children = Object.entries(group.children ?? {});
  return [...Object.keys(group.hosts ?? {}), ...children.flatMap(([name, one]) => [name, ...namesIn(one)])];
}

const tags = new Set(
  [...readFileSync('playbooks/site.yml', 'utf8').matchAll(/tags: \[(\w+)\]/g)].map((match) => match[1]!),
);

/** What is wrong with a line; throws for an option that does not exist. */
function wrongIn(line: string): string[] {
  const given = parseFlags(words(line));
  const { all } = parse(readFileSync(OWN.exec(line)![1]!, 'utf8')) as { all: Group };
  const limits = given.texts('limit').flatMap((limit) => limit.split(/[:,]/));
  return [
    ...given.words.filter((name) => !existsSync(`playbooks/${name}`)),
    ...limits.map((one) => one.replace(/^[!&]/, '')).filter((one) => !namesIn(all).includes(one)),
    ...given.texts('tags').flatMap((tag) => tag.split(',').filter((one) => !tags.has(one))),
  ];
}

const OPERATION = ['on-premises', 'security-hardening', 'performance-tuning', 'disaster-recovery'];
const lines = documents()
  .filter(({ path }) => OPERATION.some((name) => path === `docs/${name}.md`))
  .flatMap(({ path, blocks }) =>
    blocks.flatMap(({ text }) => text.split('\n').map((line) => ({ path, line }))),
  )
  .filter(({ line }) => OWN.test(line));

test('the documents tell how to build, verify, harden, deploy and restore', () => {
  for (const playbook of ['site', 'verify', 'harden', 'deploy', 'rollback', 'restore', 'backup'])
    assert.ok(
      lines.some(({ line }) => line.includes(` ${playbook}.yml`)),
      playbook,
    );
});

for (const { path, line } of lines)
  test(`${path}: ${line}`, () => {
    assert.equal(wrongIn(line), []);
  });

test('a line that is wrong is found', () => {
  assert.equal(wrongIn('ffe-provision -i inventory/prod.yml no-such.yml'), ['no-such.yml']);
  assert.equal(wrongIn('ffe-provision -i inventory/prod.yml site.yml -l web:web9'), ['web9']);
  assert.equal(wrongIn('ffe-provision -i inventory/single.yml site.yml -t postgres,none'), ['none']);
  assert.throws(() => wrongIn('ffe-provision -i inventory/prod.yml site.yml --no-such'));
});

test.run();
