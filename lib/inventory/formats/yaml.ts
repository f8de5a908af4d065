import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { keyPos, posOf } from '../../values/position.js';
import { str } from '../../values/print.js';
import { typeName } from '../../values/typename.js';
import { type Raw, Sealed, Unsafe, type Value } from '../../values/value.js';
import { addChild, addVars, ensureGroup, ensureHost, joinGroup } from '../graph.js';
import type { Inventory } from '../inventory.js';
import { expandHosts } from '../ranges.js';
import { attempt, type Reports } from '../reports.js';

type Dict = Map<Value, Raw>;
const SECTIONS = ['vars', 'children', 'hosts'];

function named(value: Raw): string {
  return value instanceof Unsafe || value instanceof Sealed ? 'str' : typeName(value as Value);
}

/** A dict under a key; null counts as empty, a bare string as the only key (Ansible allows both). */
function dictUnder(owner: Dict, key: string, what: string, reports: Reports): Dict {
  const value = owner.get(key);
  if (value instanceof Map) return value as Dict;
  if (value === null || value === undefined) return new Map();
  if (typeof value === 'string' && key !== 'vars') return new Map([[value, null]]);
  const hint = Array.isArray(value) ? "write 'name:' for each instead of '- name'" : undefined;
  reports.error(
    new FfeError('bad-value', `'${key}' of ${what} must be a dict, not ${named(value)}`, {
      pos: posOf(owner, key),
      hint,
    }),
  );
  return new Map();
}

function readHost(inventory: Inventory, hosts: Dict, key: Value, group: string, reports: Reports): void {
  const pos = keyPos(hosts, key);
  const given = hosts.get(key);
  if (given !== null && given !== undefined && !(given instanceof Map)) {
    const message = `the variables of host '${str(key)}' must be a dict, not ${named(given)}`;
    reports.error(new FfeError('bad-value', message, { pos: posOf(hosts, key) }));
    return;
  }
  if (typeof key !== 'string')
    throw new FfeError('bad-value', `Host pattern ${str(key)} must be a string`, {
      pos,
      hint: 'put quotes around the number',
    });
  const { names, port } = expandHosts(key, pos);
  for (const name of names) {
    const host = ensureHost(inventory, name, pos);
    joinGroup(inventory, host, group, pos);
    const source = pos?.file ?? '';
    if (port !== undefined) addVars(host, source, new Map([['ansible_port', port]]));
    if (given) addVars(host, source, given as Map<string, Raw>);
  }
}

function readGroup(inventory: Inventory, owner: Dict, key: Value, reports: Reports): void {
  const name = str(key);
  const pos = keyPos(owner, key);
  const data = owner.get(key);
  const group = ensureGroup(inventory, name, pos);
  if (data === null || data === undefined) return;
  if (!(data instanceof Map)) {
    const message = `the group '${name}' must be a dict, not ${named(data)}`;
    reports.error(new FfeError('bad-value', message, { pos: posOf(owner, key) }));
    return;
  }
  const body = data as Dict;
  for (const part of body.keys())
    if (!SECTIONS.includes(str(part)))
      reports.warn(
        `the key '${str(part)}' of group '${name}' is ignored: only vars, children and hosts are valid${didYouMean(str(part), SECTIONS)}`,
        keyPos(body, part),
      );
  const vars = dictUnder(body, 'vars', `group '${name}'`, reports);
  attempt(reports, () => addVars(group, pos?.file ?? '', vars as Map<string, Raw>));
  const children = dictUnder(body, 'children', `group '${name}'`, reports);
  for (const child of children.keys())
    attempt(reports, () => {
      addChild(inventory, name, str(child), keyPos(children, child));
      readGroup(inventory, children, child, reports);
    });
  const hosts = dictUnder(body, 'hosts', `group '${name}'`, reports);
  for (const host of hosts.keys()) attempt(reports, () => readHost(inventory, hosts, host, name, reports));
}

/** Reads a parsed YAML inventory into the graph. */
export function readYamlInventory(inventory: Inventory, root: Raw, file: string, reports: Reports): void {
  if (!(root instanceof Map)) {
    const found = root === null ? 'nothing' : named(root);
    const pos = posOf(root) ?? { file, line: 1, col: 1 };
    reports.error(
      new FfeError('bad-value', `an inventory is a dict of groups, and here is ${found}`, { pos }),
    );
    return;
  }
  const dict = root as Dict;
  for (const key of dict.keys()) attempt(reports, () => readGroup(inventory, dict, key, reports));
}
