import { FfeError } from '../../errors/error.js';
import type { Pos } from '../../values/position.js';

/** An entry of a configuration file. */
export type IniEntry = { readonly section: string; readonly key: string; value: string; readonly pos: Pos };

const COMMENT = /^\s*[#;]/;
/** A semicolon behind white space begins a comment; a number sign does not. */
const withoutComment = (text: string): string => text.replace(/(^|\s);.*$/, '').trim();

function entryOf(text: string, section: string | undefined, pos: Pos): IniEntry {
  if (section === undefined)
    throw new FfeError('parse', 'a setting stands before the first [section]', { pos });
  const match = /^([^=:]+?)\s*[=:]\s*(.*)$/s.exec(text);
  if (!match) throw new FfeError('parse', `expected 'key = value' or '[section]', found '${text}'`, { pos });
  return { section, key: match[1]!.toLowerCase(), value: match[2]!, pos };
}

/**
 * Reads a configuration file as Python's configparser does for Ansible: comments on lines of their own, `;` comments
 * behind values, indented lines that go on, `=` or `:`. Throws code 'parse' for what is neither, and for an entry that
 * is there twice.
 */
export function readIni(text: string, file: string): IniEntry[] {
  const entries = new Map<string, IniEntry>();
  const state: { section?: string; last?: IniEntry } = {};
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '' || COMMENT.test(line)) return;
    const clean = withoutComment(line);
    const pos = { file, line: i + 1, col: 1 + line.length - line.trimStart().length };
    if (/^\s/.test(line) && state.last) {
      state.last.value = `${state.last.value}\n${clean}`.trim();
      return;
    }
    const header = /^\[([^\]]+)\]$/.exec(clean);
    if (header) {
      state.section = header[1]!;
      state.last = undefined;
      return;
    }
    const entry = entryOf(clean, state.section, pos);
    const name = `${entry.section}.${entry.key}`;
    if (entries.has(name))
      throw new FfeError('parse', `'${entry.key}' is set twice in [${entry.section}]`, {
        pos,
        notes: [`first in line ${entries.get(name)!.pos.line}`],
      });
    entries.set(name, entry);
    state.last = entry;
  });
  return [...entries.values()];
}
