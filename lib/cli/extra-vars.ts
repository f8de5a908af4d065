import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { parseKeyValue } from '../playbook/split-args.js';
import { keyPos, mark, type Pos, posOf } from '../values/position.js';
import type { Raw } from '../values/value.js';
import { parseYaml } from '../yaml/load.js';

function dictOf(text: string, file: string, what: string): Map<string, Raw> {
  const value = parseYaml(text, file);
  if (value === null) return new Map();
  if (value instanceof Map) return value as Map<string, Raw>;
  throw new FfeError('usage', `${what} must hold a dict of variables`, { pos: { file, line: 1, col: 1 } });
}

function fromFile(name: string, unvault: (text: string, file?: string) => string): Map<string, Raw> {
  const file = resolve(name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FfeError('not-found', `--extra-vars: the file '${name}' cannot be read`, { cause });
  }
  return dictOf(text.startsWith('$ANSIBLE_VAULT;') ? unvault(text, file) : text, file, name);
}

/** One `-e` argument: `@file`, JSON or YAML in braces or brackets, or `key=value` pairs. */
function parseOne(argument: string, unvault: (text: string, file?: string) => string): Map<string, Raw> {
  const text = argument.trim();
  if (text === '') return new Map();
  if (text.startsWith('@')) return fromFile(text.slice(1), unvault);
  if (/^[{[]/.test(text)) return dictOf(text, '--extra-vars', '--extra-vars');
  const pairs = new Map<string, Raw>();
  for (const { key, value } of parseKeyValue(text).pairs) pairs.set(key, value);
  if (pairs.size > 0) return pairs;
  throw new FfeError(
    'usage',
    `--extra-vars: '${argument}' is neither key=value, nor JSON or YAML, nor @file`,
  );
}

/** All `-e` arguments as one dict; later ones win. Each variable keeps the place it was read from. */
export function extraVars(list: readonly string[], unvault: (text: string) => string): Map<string, Raw> {
  const out = new Map<string, Raw>();
  const keys = new Map<unknown, Pos | undefined>();
  const values = new Map<unknown, Pos | undefined>();
  for (const argument of list) {
    const vars = parseOne(argument, unvault);
    for (const [key, value] of vars) {
      out.set(key, value);
      keys.set(key, keyPos(vars, key));
      values.set(key, posOf(vars, key));
    }
  }
  const self = { file: '--extra-vars', line: 1, col: 1 };
  return mark(out, { self, key: (key) => keys.get(key), value: (key) => values.get(key) });
}
