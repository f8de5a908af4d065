import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { mark, type Pos } from '../../values/position.js';
import type { Raw } from '../../values/value.js';
import { addChild, addVars, ensureGroup, ensureHost, joinGroup } from '../graph.js';
import { groupName } from '../group-name.js';
import type { Inventory } from '../inventory.js';
import { expandHosts } from '../ranges.js';
import { literalOrText } from './literal.js';
import { splitWords, type Word } from './words.js';

type Kind = 'hosts' | 'vars' | 'children';
type Section = { readonly group: string; readonly kind: Kind; readonly pos: Pos };
type Entry = { readonly line: string; readonly pos: Pos };

const HEADER = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/;
const CHILD = /^([^:\]\s]+)\s*(?:#.*)?$/;
const KINDS: readonly string[] = ['hosts', 'vars', 'children'];

function header(entry: Entry): Section {
  const match = HEADER.exec(entry.line);
  if (!match)
    throw new FfeError('parse', `'${entry.line}' is no section header`, {
      pos: entry.pos,
      hint: 'a section reads [group], [group:vars] or [group:children]; a host with a range needs a name before it',
    });
  const kind = match[2] ?? 'hosts';
  if (!KINDS.includes(kind))
    throw new FfeError(
      'unknown-name',
      `[${match[1]}:${kind}]: there is no such kind of section${didYouMean(kind, KINDS)}`,
      {
        pos: { ...entry.pos, col: entry.pos.col + match[1]!.length + 2 },
        span: kind.length,
        hint: 'the kinds are hosts, vars and children',
      },
    );
  return { group: match[1]!, kind: kind as Kind, pos: entry.pos };
}

/** Variables written as `key=value`, each with its place. */
function varsOf(pairs: readonly { key: string; value: Raw; pos: Pos }[]): Map<string, Raw> {
  const places = new Map(pairs.map((p) => [p.key, p.pos]));
  const at = (key: unknown) => places.get(String(key));
  const self = pairs[0]?.pos ?? { file: '', line: 1, col: 1 };
  return mark(new Map(pairs.map((p) => [p.key, p.value])), { self, key: at, value: at });
}

function pairOf(word: Word, pos: Pos): { key: string; value: Raw; pos: Pos } {
  const place = { ...pos, col: pos.col + word.col - 1 };
  const split = word.text.indexOf('=');
  if (split < 0)
    throw new FfeError('parse', `a host variable (key=value) was expected, not '${word.text}'`, {
      pos: place,
      span: word.text.length,
    });
  return { key: word.text.slice(0, split), value: literalOrText(word.text.slice(split + 1)), pos: place };
}

function hostLine(inventory: Inventory, entry: Entry, group: string): void {
  const words = splitWords(entry.line);
  if (!words) throw new FfeError('parse', 'a quote is not closed', { pos: entry.pos });
  const [first, ...rest] = words;
  if (!first) return;
  const pairs = rest.map((word) => pairOf(word, entry.pos));
  const { names, port } = expandHosts(first.text, entry.pos);
  if (port !== undefined) pairs.unshift({ key: 'ansible_port', value: port, pos: entry.pos });
  for (const name of names) {
    const host = ensureHost(inventory, name, entry.pos);
    joinGroup(inventory, host, group, entry.pos);
    addVars(host, entry.pos.file, varsOf(pairs));
  }
}

function varLine(entry: Entry): { key: string; value: Raw; pos: Pos } {
  const split = entry.line.indexOf('=');
  if (split < 0)
    throw new FfeError('parse', `key=value was expected, not '${entry.line}'`, { pos: entry.pos });
  const value = literalOrText(entry.line.slice(split + 1).trim());
  return { key: entry.line.slice(0, split).trim(), value, pos: entry.pos };
}

function childLine(entry: Entry): string {
  const match = CHILD.exec(entry.line);
  if (!match)
    throw new FfeError('parse', `the name of a group was expected, not '${entry.line}'`, { pos: entry.pos });
  return match[1]!;
}

/** Groups that were only referred to so far: a later section may still define them. */
type Pending = { readonly section: Section; readonly child?: Entry }[];

function section(
  inventory: Inventory,
  current: Section,
  entries: readonly Entry[],
  defined: Set<string>,
  pending: Pending,
): void {
  if (current.kind === 'hosts') {
    ensureGroup(inventory, current.group, current.pos);
    defined.add(current.group);
    for (const entry of entries) hostLine(inventory, entry, current.group);
  } else if (current.kind === 'children') {
    defined.add(current.group);
    for (const entry of entries) {
      pending.push({ section: current, child: entry });
      addChild(inventory, current.group, childLine(entry), entry.pos);
    }
  } else {
    if (!defined.has(current.group)) pending.push({ section: current });
    addVars(
      ensureGroup(inventory, current.group, current.pos),
      current.pos.file,
      varsOf(entries.map(varLine)),
    );
  }
}

function checkPending(inventory: Inventory, pending: Pending, defined: ReadonlySet<string>): FfeError[] {
  const known = [...defined];
  return pending.flatMap(({ section: { group, pos }, child }) => {
    const name = child ? childLine(child) : group;
    if (defined.has(name) || defined.has(groupName(inventory, name))) return [];
    const text = child
      ? `[${group}:children] names the undefined group '${name}'`
      : `[${group}:vars] is for an undefined group`;
    const span = name.length;
    return [
      new FfeError('unknown-name', `${text}${didYouMean(name, known)}`, { pos: child?.pos ?? pos, span }),
    ];
  });
}

function entriesOf(text: string, file: string): Entry[] {
  return text.split(/\r?\n/).flatMap((raw, i) => {
    const line = raw.trim();
    const pos = { file, line: i + 1, col: raw.length - raw.trimStart().length + 1 };
    return line === '' || line.startsWith('#') || line.startsWith(';') ? [] : [{ line, pos }];
  });
}

/** Reads an INI inventory into the graph; gives back every error of the file. */
export function readIni(inventory: Inventory, text: string, file: string): FfeError[] {
  const errors: FfeError[] = [];
  const defined = new Set(inventory.groups.keys());
  const pending: Pending = [];
  let current: Section | undefined = { group: 'ungrouped', kind: 'hosts', pos: { file, line: 1, col: 1 } };
  let entries: Entry[] = [];
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof FfeError)) throw error;
      errors.push(error);
    }
  };
  const close = () => current && section(inventory, current, entries, defined, pending);
  for (const entry of entriesOf(text, file)) {
    if (
      !entry.line.startsWith('[') ||
      /^\[[^\]]*:[^\]]*\]:\d+|^\[[0-9a-zA-Z]+:[0-9a-zA-Z]+(:\d+)?\][^\s#]/.test(entry.line)
    ) {
      entries.push(entry);
      continue;
    }
    attempt(() => close());
    entries = [];
    current = undefined;
    attempt(() => {
      current = header(entry);
    });
  }
  attempt(() => close());
  return [...errors, ...checkPending(inventory, pending, defined)];
}
