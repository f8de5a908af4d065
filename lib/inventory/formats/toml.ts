import { parse, TomlDate, TomlError } from 'smol-toml';
import { FfeError } from '../../errors/error.js';
import { float, int } from '../../values/number.js';
import type { Raw, Value } from '../../values/value.js';
import type { Inventory } from '../inventory.js';
import type { Reports } from '../reports.js';
import { readYamlInventory } from './yaml.js';

/** A TOML value in the domain of variables; dates and times are their text. */
function rawOf(value: unknown): Value {
  if (typeof value === 'bigint') return int(value);
  if (typeof value === 'number') return float(value);
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(rawOf);
  if (typeof value !== 'object' || value === null) return value as Value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, rawOf(inner)]));
}

/** In TOML the children of a group are a list of names, in YAML a dict. */
function withChildren(group: Value): Value {
  if (!(group instanceof Map)) return group;
  const children = group.get('children');
  if (!Array.isArray(children)) return group;
  return new Map([...group, ['children', new Map(children.map((name) => [name, null]))]]);
}

function parsed(text: string, file: string): Map<Value, Value> {
  try {
    return rawOf(parse(text, { integersAsBigInt: true })) as Map<Value, Value>;
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const message = cause.message.split('\n', 1)[0]!.replace(/^Invalid TOML document: /, '');
    throw new FfeError('parse', `the TOML is not valid: ${message}`, {
      pos: { file, line: cause.line, col: cause.column },
      cause,
    });
  }
}

/** Reads a TOML inventory (`[GROUP.hosts.NAME]`, `[GROUP.vars]`, `children` as a list) into the graph. */
export function readToml(inventory: Inventory, text: string, file: string, reports: Reports): void {
  const groups = new Map([...parsed(text, file)].map(([name, group]) => [name, withChildren(group)]));
  if (groups.size === 0) throw new FfeError('bad-value', 'the TOML file is empty', { pos: start(file) });
  readYamlInventory(inventory, groups as Raw, file, reports);
}

function start(file: string): FfeError['pos'] {
  return { file, line: 1, col: 1 };
}
