import type { JsonObject } from '../../values/json.js';

/** A line of interfaces(5); `option` and `value` for one within an iface stanza, `iface` for all lines of that. */
export type Line = {
  readonly line: string;
  readonly iface?: string;
  readonly family?: string;
  readonly method?: string;
  readonly option?: string;
  readonly value?: string;
};

/** Options that may stand there several times. */
export const REPEATED: readonly string[] = ['pre-up', 'up', 'down', 'post-up'];

/** An option that stands in no stanza. */
export class MisplacedError extends Error {}

const OTHERS = /^(mapping|source|source-dir|source-directory|auto|no-auto-down|no-scripts|allow-\S*)$/;

/** Reads a file line by line; lines keep their ends. Throws a MisplacedError. */
export function parseInterfaces(text: string): Line[] {
  const state: { iface?: Line; other: boolean } = { other: false };
  const lines = text === '' ? [] : text.split(/(?<=\n)/);
  return lines.map((line, i) => {
    const [word = '', name, family, method] = line.trim().split(/\s+/);
    if (word === '' || word.startsWith('#')) return { line };
    if (word === 'iface') {
      state.iface = { line, iface: name, family, method };
      return state.iface;
    }
    if (OTHERS.test(word)) {
      Object.assign(state, { iface: undefined, other: true });
      return { line };
    }
    const stanza = state.iface;
    if (stanza) {
      const value = line.trim().slice(word.length).trim();
      return { line, iface: stanza.iface, family: stanza.family, option: word, value };
    }
    if (!state.other) throw new MisplacedError(`misplaced option ${line.trim()} in line ${i + 1}`);
    return { line };
  });
}

/** The interfaces as a result shows them. */
export function summary(lines: readonly Line[]): JsonObject {
  const out: Record<string, JsonObject> = {};
  for (const { iface, family, method, option, value = '' } of lines) {
    if (iface === undefined) continue;
    if (option === undefined) {
      const lists = Object.fromEntries(REPEATED.map((name) => [name, []]));
      out[iface] = { ...lists, address_family: family ?? null, method: method ?? null };
      continue;
    }
    const stanza = out[iface] ?? {};
    const old = stanza[option];
    out[iface] = {
      ...stanza,
      [option]: REPEATED.includes(option) && Array.isArray(old) ? [...old, value] : value,
    };
  }
  return out;
}
