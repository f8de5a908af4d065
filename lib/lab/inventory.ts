import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { isMap, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { FfeError } from '../errors/error.js';
import type { Pos } from '../values/position.js';
import type { LabNode } from './state.js';

/** The lab that an inventory describes. `vars` are the plain values that its group `all` has. */
export type LabInventory = { name: string; nodes: LabNode[]; vars: Readonly<Record<string, unknown>> };

type Source = { file: string; at: (node: unknown) => Pos };

/** The name of an inventory's lab: the file's, and letters that tell it from the same file elsewhere. */
export function labNameFor(file: string): string {
  const letters = createHash('sha256').update(realpathSync(file)).digest('hex').slice(0, 6);
  return `${basename(file, extname(file))}-${letters}`;
}

function hostsIn(group: YAMLMap, source: Source, found: Map<string, LabNode>): void {
  const hosts = group.get('hosts');
  for (const pair of isMap(hosts) ? hosts.items : []) {
    const name = String(pair.key);
    const address = isMap(pair.value) ? pair.value.get('ansible_host') : undefined;
    if (typeof address === 'string' && /^[\d.]+$/.test(address)) found.set(name, { name, address });
    else if (!found.has(name)) {
      throw new FfeError('lab', `host '${name}' has no IPv4 address in ansible_host`, {
        pos: source.at(pair.key),
        hint: 'a lab boots one node per host, at the address that the inventory gives it',
      });
    }
  }
  const children = group.get('children');
  for (const pair of isMap(children) ? children.items : [])
    if (isMap(pair.value)) hostsIn(pair.value, source, found);
}

/** Reads the hosts of a YAML inventory that each have their address beside their name. */
export function readLabInventory(file: string): LabInventory {
  const lines = new LineCounter();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FfeError('not-found', `cannot read the inventory ${file}`, { cause, hint: 'name one with -i' });
  }
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): Pos => {
    const { line, col } = lines.linePos(offset);
    return { file, line, col };
  };
  const [broken] = document.errors;
  if (broken) throw new FfeError('parse', broken.message.split('\n')[0]!, { pos: at(broken.pos[0]) });
  const found = new Map<string, LabNode>();
  const source: Source = { file, at: (node) => at((node as { range?: [number] }).range?.[0] ?? 0) };
  for (const pair of isMap(document.contents) ? document.contents.items : []) {
    if (isMap(pair.value)) hostsIn(pair.value, source, found);
  }
  const vars = document.getIn(['all', 'vars']);
  const plain = isMap(vars) ? (vars.toJSON() as Record<string, unknown>) : {};
  return { name: labNameFor(file), nodes: [...found.values()], vars: plain };
}
