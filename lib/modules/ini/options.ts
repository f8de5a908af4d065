/** What is wished of an INI text; texts in byte form (edit/bytes). */
export type IniWish = {
  readonly section?: string;
  readonly option?: string;
  readonly values: readonly string[];
  readonly state: 'absent' | 'present';
  readonly exclusive: boolean;
  readonly no_extra_spaces: boolean;
  readonly allow_no_value: boolean;
};

/** An option's line. */
export function optionLine(wish: IniWish, value: string | undefined): string {
  if (value === undefined) return `${wish.option}\n`;
  return `${wish.option}${wish.no_extra_spaces ? '=' : ' = '}${value}\n`;
}

type Lines = { readonly lines: readonly string[]; readonly msg: string };

function pattern(option: string, active: boolean): RegExp {
  const name = option.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${active ? '' : '[#;]?'}[ \\t]*${name}[ \\t]*(?:=|$)[ \\t]*(.*)`);
}

/** The value that a line gives to the option; undefined when it is another line. */
function valueIn(line: string, regex: RegExp): string | undefined {
  return regex.exec(line.replace(/\n$/, ''))?.[1];
}

type Edit = { readonly lines: string[]; readonly fixed: Set<number>; readonly left: string[]; msg: string };

function put(edit: Edit, at: number, line: string): void {
  if (edit.lines[at] !== line) edit.msg = 'option changed';
  edit.lines[at] = line;
  edit.fixed.add(at);
}

/** Lines whose value is one of the wished ones stay, in the wished form. True when one stands without a value. */
function keepValues(edit: Edit, wish: IniWish, regex: RegExp): boolean {
  let bare = false;
  for (const [i, line] of [...edit.lines.entries()]) {
    const value = valueIn(line, regex);
    if (value === undefined) continue;
    if (edit.left.includes(value)) {
      const none = value === '' && wish.allow_no_value;
      bare ||= none;
      put(edit, i, optionLine(wish, none ? undefined : value));
      edit.left.splice(edit.left.indexOf(value), 1);
    } else if (edit.left.length === 0 && wish.allow_no_value) {
      put(edit, i, optionLine(wish, undefined));
      return true;
    }
  }
  return bare;
}

/** Other lines of the option take the values that are left, or go; the section's header never does. */
function replaceOthers(edit: Edit, wish: IniWish, regex: RegExp): void {
  const other = (i: number) => !edit.fixed.has(i) && valueIn(edit.lines[i]!, regex) !== undefined;
  for (let i = 0; i < edit.lines.length && edit.left.length; i++)
    if (other(i)) put(edit, i, optionLine(wish, edit.left.shift()));
  const first = wish.section ? 1 : 0;
  const kept = edit.lines.filter((_, i) => i < first || !other(i));
  if (kept.length < edit.lines.length) edit.msg = 'option changed';
  edit.lines.splice(0, edit.lines.length, ...kept);
}

/** A section's lines with the option set. */
export function presentOption(section: readonly string[], wish: IniWish): Lines {
  const regex = pattern(wish.option!, false);
  const edit: Edit = { lines: [...section], fixed: new Set(), left: [...wish.values], msg: 'OK' };
  const bare = keepValues(edit, wish, regex);
  if (wish.exclusive && !wish.allow_no_value) replaceOthers(edit, wish, regex);
  const alone = wish.allow_no_value && !bare && edit.left.length === 0 && wish.values.length === 0;
  const fresh = alone ? [optionLine(wish, undefined)] : edit.left.map((v) => optionLine(wish, v));
  if (fresh.length === 0) return edit;
  // Behind the last line that is neither blank nor a comment.
  const last = edit.lines.findLastIndex((line) => !/^[ \t]*([#;].*)?$/.test(line.replace(/\n$/, '')));
  return { lines: edit.lines.toSpliced(last + 1, 0, ...fresh), msg: 'option added' };
}

/** A section's lines without the option; with `exclusive` off only those with one of the values go. */
export function absentOption(section: readonly string[], wish: IniWish): Lines {
  const regex = pattern(wish.option!, true);
  const goes = (line: string) => {
    const value = valueIn(line, regex);
    return value !== undefined && (wish.exclusive || wish.values.includes(value));
  };
  const lines = section.filter((line) => !goes(line));
  return { lines, msg: lines.length < section.length ? 'option changed' : 'OK' };
}
