import { TemplateError } from '../library.js';

/** One section's options in the order of the file; an option without a value is null. */
export type IniSection = Map<string, string | null>;

/** How an INI file is read: whether names keep their case, and may stand without a value. */
export type IniOptions = { caseSensitive: boolean; allowNoValue: boolean };

type State = { sections: Map<string, IniSection>; section: IniSection | undefined; last: string | undefined };

const OPTION = /^([^=:]+?)\s*[=:]\s*(.*)$/;

function startSection(state: State, name: string): void {
  if (name !== 'DEFAULT' && state.sections.has(name))
    throw new TemplateError(`the section '${name}' occurs twice`);
  state.section = state.sections.get(name) ?? new Map();
  state.sections.set(name, state.section);
  state.last = undefined;
}

function setOption(state: State, line: string, options: IniOptions, at: number): void {
  const match = OPTION.exec(line);
  if (!match && !options.allowNoValue) throw new TemplateError(`line ${at} is no option: ${line}`);
  const spelt = match ? match[1]! : line;
  const name = options.caseSensitive ? spelt : spelt.toLowerCase();
  if (!state.section) throw new TemplateError(`line ${at} comes before the first section`);
  if (state.section.has(name))
    throw new TemplateError(`Duplicate option in line ${at}: the section has '${name}' already`);
  state.section.set(name, match ? match[2]! : null);
  state.last = name;
}

function interpolate(value: string, section: IniSection, options: IniOptions, depth = 0): string {
  if (depth > 10) throw new TemplateError('an option refers to itself');
  return value.replace(/%(?:%|\(([^)]*)\)s|)/g, (whole, name?: string) => {
    if (whole === '%%') return '%';
    const found =
      name === undefined ? undefined : section.get(options.caseSensitive ? name : name.toLowerCase());
    if (found === undefined || found === null)
      throw new TemplateError(`'%' must be followed by '%' or the name of an option, in: ${value}`);
    return interpolate(found, section, options, depth + 1);
  });
}

function finish(sections: Map<string, IniSection>, options: IniOptions): Map<string, IniSection> {
  const defaults = sections.get('DEFAULT') ?? new Map();
  const out = new Map<string, IniSection>();
  for (const [name, own] of sections) {
    const section: IniSection = new Map([...own, ...Array.from(defaults).filter(([key]) => !own.has(key))]);
    out.set(name, section);
    for (const [key, value] of section)
      if (value !== null) section.set(key, interpolate(value, section, options));
  }
  return out;
}

/** Reads an INI file as Python's configparser does, with continued lines and `%(name)s`. */
export function readIni(source: string, options: IniOptions): Map<string, IniSection> {
  const state: State = { sections: new Map(), section: undefined, last: undefined };
  for (const [i, raw] of source.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[(.+)\]/.exec(line);
    if (/^\s/.test(raw) && state.last !== undefined && state.section) {
      state.section.set(state.last, `${state.section.get(state.last) ?? ''}\n${line}`);
    } else if (header) startSection(state, header[1]!);
    else setOption(state, line, options, i + 1);
  }
  return finish(state.sections, options);
}
