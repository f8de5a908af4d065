import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FLAGS, type Flag, type FlagName } from '../../lib/cli/flags.js';
import { type Given, parseFlags } from '../../lib/cli/parse-flags.js';
import { recorded } from '../recorded.js';

/** Letters that came with core 2.15. */
const LATER = new Set(['J']);

type Option = { names: string[]; short: string[]; value: boolean };
type Line = { line: string; given?: Record<string, unknown>; error?: true };

const ALL = Object.values(FLAGS) as Flag[];

for (const { names, short, value } of recorded<Option>('cli/options.recorded.json', [
  'names',
  'short',
  'value',
]))
  test(`ansible-playbook's option --${names[0]} is known`, () => {
    const flag = ALL.find((one) => one.names.includes(names[0]!));
    assert.ok(flag, 'missing');
    for (const name of names) assert.ok(flag.names.includes(name), `--${name} is missing`);
    assert.equal(flag.short && !LATER.has(flag.short) ? [flag.short] : [], short);
    assert.is(flag.value !== undefined, value);
  });

test('no name and no letter is given twice', () => {
  const all = ALL.flatMap((flag) => [...flag.names, ...(flag.short ? [flag.short] : [])]);
  assert.equal(all.length, new Set(all).size);
});

/** How each value of ansible-playbook's is read here. */
const READ: Record<string, (given: Given) => unknown> = {
  args: (given) => given.words,
  private_key_file: (given) => given.text('privateKey'),
  verbosity: (given) => given.count('verbose'),
  forks: (given) => Number(given.text('forks')),
  timeout: (given) => Number(given.text('timeout')),
};
const TEXT: Record<string, FlagName> = {
  subset: 'limit',
  become_method: 'becomeMethod',
  become_user: 'becomeUser',
  remote_user: 'user',
  connection: 'connection',
  start_at_task: 'startAtTask',
  ssh_common_args: 'sshCommonArgs',
  ssh_extra_args: 'sshExtraArgs',
};
const LISTS: Record<string, FlagName> = {
  inventory: 'inventory',
  tags: 'tags',
  skip_tags: 'skipTags',
  extra_vars: 'extraVars',
  vault_ids: 'vaultId',
};
const SWITCHES: Record<string, FlagName> = {
  check: 'check',
  diff: 'diff',
  become: 'become',
  step: 'step',
  syntax: 'syntaxCheck',
  listhosts: 'listHosts',
  listtasks: 'listTasks',
  listtags: 'listTags',
  force_handlers: 'forceHandlers',
  flush_cache: 'flushCache',
};

function read(name: string, given: Given): unknown {
  if (READ[name]) return READ[name](given);
  if (TEXT[name]) return given.text(TEXT[name]);
  if (LISTS[name]) return given.texts(LISTS[name]);
  if (SWITCHES[name]) return given.on(SWITCHES[name]);
  throw new Error(`no way to read ${name}`);
}

/** Refused there and not here: values are checked when the settings are made, and more orders and words are allowed. */
const ALLOWED = new Set(['--forks x x.yml', '--subset web x.yml', 'x.yml -i a y.yml', '--inv a x.yml']);

for (const { line, given, error } of recorded<Line>(
  'cli/command-lines.recorded.json',
  ['line'],
  ['given', 'error'],
))
  test(`ansible-playbook ${line}`, () => {
    const args = line.split(' ');
    if (ALLOWED.has(line)) return void parseFlags(args);
    if (error) return void assert.throws(() => parseFlags(args));
    const found = parseFlags(args);
    for (const [name, value] of Object.entries(given!)) assert.equal(read(name, found), value, name);
    const others = Object.keys(SWITCHES).filter((name) => !(name in given!));
    for (const name of others) assert.is(read(name, found), false, name);
  });

test.run();
