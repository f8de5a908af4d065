import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addToGroup } from '../../lib/inventory/change.js';
import { type InventoryOptions, loadInventory } from '../../lib/inventory/load.js';
import { selectHosts } from '../../lib/inventory/select.js';
import { inFolder } from './cases.js';

const GOOD = 'web1,';
const GONE = '/nowhere/hosts.ini';
const texts = (sources: string[], required: 'any' | 'none') =>
  loadInventory(sources, { required }).warnings.map((w) => w.text);

test('a source that cannot be read is warned of, and the others are used', () => {
  const { inventory, warnings } = loadInventory([GONE, GOOD], { required: 'none' });
  assert.equal([...inventory.hosts.keys()], ['web1']);
  assert.is(warnings.at(-1)?.text, `Unable to parse ${GONE} as an inventory source`);
});

test('no readable source at all', () => {
  assert.is(texts([GONE], 'none').at(-1), NOT_PARSED);
  assert.not(texts([GONE, GOOD], 'any').includes(NOT_PARSED));
  assert.throws(() => texts([GONE], 'any'), /No inventory was parsed/);
});

test('every source required', () => {
  assert.throws(() => loadInventory([GONE, GOOD], { required: 'every' }), /there is no inventory/);
});

/** Hosts and warnings of a source among files, with any of the settings; folders are named DIR. */
function read(files: Record<string, string>, source: string, options: InventoryOptions) {
  return inFolder(files, (dir) => {
    const { inventory, warnings } = loadInventory([source], { cwd: dir, required: 'none', ...options });
    return {
      hosts: [...inventory.hosts.keys()],
      warnings: warnings.map((w) => w.text.replaceAll(dir, 'DIR')),
    };
  });
}

const NOT_PARSED = 'No inventory was parsed, only implicit localhost is available';
const unable = (path: string) => `Unable to parse ${path} as an inventory source`;

test('only enabled readers read', () => {
  const files = { hosts: '[web]\nh1\n', 'c.yml': 'plugin: constructed\n', 'e.yml': '' };
  assert.equal(read(files, 'hosts', { readers: ['yaml', 'ansible.builtin.ini'] }), {
    hosts: ['h1'],
    warnings: [],
  });
  assert.equal(read(files, 'hosts', { readers: ['yaml'] }).warnings, [
    " * Failed to parse DIR/hosts: DIR/hosts:1:1: the file is for the inventory plugin 'ini'; enabled are only yaml",
    unable('DIR/hosts'),
    NOT_PARSED,
  ]);
  const evaluate = () => () => '';
  assert.equal(read(files, 'c.yml', { readers: ['constructed'], evaluate }).warnings, []);
  assert.equal(read(files, 'c.yml', { readers: ['auto'], evaluate }).warnings, []);
  assert.is(read(files, 'c.yml', { readers: ['yaml'], evaluate }).warnings.length, 3);
  assert.equal(read(files, 'e.yml', {}).warnings, [], 'an empty file is an empty inventory');
  assert.is(read(files, 'e.yml', { readers: ['constructed'], warnUnparsed: false }).warnings.length, 2);
});

test('a reader that there is not', () => {
  const { warnings } = read({ hosts: 'h1' }, 'hosts', { readers: ['inj', 'ini'] });
  assert.equal(warnings, ["Failed to load inventory plugin, skipping inj (did you mean 'ini'?)"]);
  assert.throws(
    () => read({ hosts: 'h1' }, 'hosts', { readers: ['aws_ec2'] }),
    /No inventory plugins available/,
  );
});

test('the reader of a broken source is named', () => {
  const [first] = read({ hosts: '[web\n' }, 'hosts', {}).warnings;
  assert.match(first!, /^ \* Failed to parse DIR\/hosts with ini plugin: DIR\/hosts:1:1: /);
});

test('folders: empty ones, ignored names', () => {
  const files = { 'inv/a': 'h1', 'inv/b.txt': 'h2', 'inv/c.old': 'h3', 'inv/empty/.keep': '' };
  const ignored = { extensions: ['.old'], patterns: ['^b'] };
  assert.equal(read(files, 'inv', {}).hosts, ['h1', 'h3']);
  assert.equal(read(files, 'inv', { ignored }).hosts, ['h1']);
  assert.is(read(files, 'inv', {}).warnings.at(-1), unable('DIR/inv/empty'));
  assert.throws(() => read(files, 'inv', { required: 'every' }), /holds no inventory file/);
});

const RULES = { groupNames: 'never', mismatch: 'warning' } as const;
const groupsOf = (groupNames: 'always' | 'never' | 'ignore' | 'silently') =>
  inFolder({ hosts: '[a-b]\nh1\n[c:children]\na-b\n[a-b:vars]\nx=1\n' }, (dir) => {
    const { inventory, warnings } = loadInventory(['hosts'], { cwd: dir, rules: { ...RULES, groupNames } });
    addToGroup(inventory, 'h1', 'd.e');
    return { groups: [...inventory.groups.keys()].slice(2), warnings: warnings.map((w) => w.text) };
  });

test('group names that are no names of variables', () => {
  const written = ['a-b', 'c', 'd.e'];
  const replaced = ['a_b', 'c', 'd_e'];
  const text = 'Invalid characters were found in group names';
  assert.equal(groupsOf('never'), { groups: written, warnings: [`${text} but not replaced: a-b`] });
  assert.equal(groupsOf('always'), {
    groups: replaced,
    warnings: [`${text} and automatically replaced: a-b`],
  });
  assert.equal(groupsOf('ignore'), { groups: written, warnings: [] });
  assert.equal(groupsOf('silently'), { groups: replaced, warnings: [] });
});

test('patterns that fit no host', () => {
  const select = (mismatch: 'error' | 'warning' | 'ignore') =>
    selectHosts(loadInventory(['h1,'], { rules: { ...RULES, mismatch } }).inventory, 'h1:nope').warnings;
  assert.equal(select('warning'), ['Could not match supplied host pattern, ignoring: nope']);
  assert.equal(select('ignore'), []);
  assert.throws(() => select('error'), /Could not match supplied host pattern/);
});

test('lists: what only looks like a range is a name', () => {
  assert.equal(read({}, 'h[1:],', {}).hosts, ['h[1:]']);
  assert.match(read({}, 'h[1:],', {}).warnings[0]!, 'host range must specify end value');
  assert.equal(read({}, 'h[1:j],', {}).hosts, []);
  assert.match(read({}, 'h[1:j],', {}).warnings[0]!, 'Failed to parse h[1:j], with host_list plugin');
});

test('a host whose name is a number', () => {
  const [first] = read({ 'h.yml': 'all: {hosts: {1234: }}' }, 'h.yml', {}).warnings;
  assert.match(first!, 'Host pattern 1234 must be a string; put quotes');
});

test('a comma in the name of a file', () => assert.equal(read({ 'a,b': 'h1' }, 'a,b', {}).hosts, ['h1']));

test.run();
