import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { fromJson } from '../../values/convert.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { Raw } from '../../values/value.js';
import { addChild, addVars, ensureGroup, ensureHost, joinGroup } from '../graph.js';
import type { Inventory } from '../inventory.js';

const LIMIT_BYTES = 256 * 1024 * 1024;

function call(file: string, args: readonly string[]): JsonObject {
  const run = spawnSync(file, args, { cwd: dirname(file), encoding: 'utf8', maxBuffer: LIMIT_BYTES });
  const pos = { file, line: 1, col: 1 };
  const what = `the inventory script with ${args.join(' ')}`;
  if (run.error) throw new FfeError('bad-value', `${what} could not be run`, { pos, cause: run.error });
  if (run.status !== 0) {
    const notes = run.stderr.trim().split('\n').slice(-5);
    throw new FfeError('bad-value', `${what} ended with code ${run.status ?? run.signal}`, { pos, notes });
  }
  try {
    const data: unknown = JSON.parse(run.stdout.trim() || '{}');
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as JsonObject;
  } catch (cause) {
    throw new FfeError('parse', `${what} did not print JSON`, { pos, cause });
  }
  throw new FfeError('parse', `${what} must print a JSON object`, { pos });
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function varsOf(json: Json | undefined): Map<string, Raw> {
  return isObject(json) ? (fromJson(json) as Map<string, Raw>) : new Map();
}

function list(json: Json | undefined): string[] {
  return Array.isArray(json) ? json.map(String) : [];
}

const PARTS = ['hosts', 'vars', 'children'];

function readGroup(inventory: Inventory, name: string, data: Json | undefined, file: string): void {
  const pos = { file, line: 1, col: 1 };
  const group = ensureGroup(inventory, name, pos);
  // The oldest form of a group is a bare list of hosts; a dict with none of the known parts is a host with variables.
  const body: JsonObject = Array.isArray(data) ? { hosts: data } : isObject(data) ? data : {};
  if (!PARTS.some((part) => part in body) && Object.keys(body).length > 0) {
    const hint = `a group holds hosts, vars and children${didYouMean(Object.keys(body)[0]!, PARTS)}`;
    throw new FfeError('bad-value', `the inventory script gave no hosts for group '${name}'`, { pos, hint });
  }
  for (const host of list(body.hosts)) joinGroup(inventory, ensureHost(inventory, host, pos), name, pos);
  addVars(group, file, varsOf(body.vars));
  for (const child of list(body.children)) addChild(inventory, name, child, pos);
}

/** Runs an executable inventory (`--list`, and `--host NAME` for each host unless it gave `_meta`). Throws an FfeError. */
export function readScript(inventory: Inventory, file: string): void {
  const data = call(file, ['--list']);
  const before = new Set(inventory.hosts.keys());
  for (const [name, body] of Object.entries(data))
    if (name !== '_meta') readGroup(inventory, name, body, file);
  const meta = isObject(data._meta) ? data._meta.hostvars : undefined;
  if (isObject(data._meta)) {
    for (const [name, vars] of Object.entries(isObject(meta) ? meta : {}))
      addVars(ensureHost(inventory, name, { file, line: 1, col: 1 }), file, varsOf(vars));
    return;
  }
  for (const [name, host] of inventory.hosts)
    if (!before.has(name)) addVars(host, file, varsOf(call(file, ['--host', name])));
}
