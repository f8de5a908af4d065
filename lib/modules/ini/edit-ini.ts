import { splitLines } from '../edit/lines.js';
import { absentOption, type IniWish, optionLine, presentOption } from './options.js';

/** The first bytes of a text that says it is UTF-8, in byte form. */
const MARK = '\u00ef\u00bb\u00bf';

/** Where the section's lines are, with its header; undefined when there is no such section. */
function sectionAt(lines: readonly string[], section: string | undefined): [number, number] | undefined {
  if (!section) {
    const next = lines.findIndex((line) => line.startsWith('['));
    return [0, next < 0 ? lines.length : next];
  }
  let from = -1;
  for (const [i, line] of lines.entries()) {
    if (line.startsWith(`[${section}]`)) from = i;
    else if (from >= 0 && line.startsWith('[')) return [from, i];
  }
  return from < 0 ? undefined : [from, lines.length];
}

function addedSection(lines: readonly string[], wish: IniWish): { lines: readonly string[]; msg: string } {
  const own: string[] = [];
  if (wish.option && wish.values.length) own.push(...wish.values.map((v) => optionLine(wish, v)));
  else if (wish.option && wish.allow_no_value) own.push(optionLine(wish, undefined));
  const msg = own.length ? 'section and option added' : 'only section added';
  return { lines: [...lines, `[${wish.section}]\n`, ...own], msg };
}

function edited(lines: readonly string[], wish: IniWish): { lines: readonly string[]; msg: string } {
  const at = sectionAt(lines, wish.section);
  const present = wish.state === 'present';
  if (!at) return present ? addedSection(lines, wish) : { lines, msg: 'OK' };
  const [from, to] = at;
  const own = lines.slice(from, to);
  const around = (fresh: readonly string[]) => [...lines.slice(0, from), ...fresh, ...lines.slice(to)];
  if (wish.option) {
    const done = (present ? presentOption : absentOption)(own, wish);
    return { lines: around(done.lines), msg: done.msg };
  }
  return present ? { lines, msg: 'OK' } : { lines: around([]), msg: 'section removed' };
}

/** The text as wished and the words for what was done; a text without an end of line gets one. */
export function editIni(text: string, wish: IniWish): { readonly text: string; readonly msg: string } {
  const lines = splitLines(text.startsWith(MARK) ? text.slice(MARK.length) : text);
  const whole = lines.length === 0 ? ['\n'] : lines.map((l) => (l.endsWith('\n') ? l : `${l}\n`));
  const done = edited(whole, wish);
  if (done.msg === 'OK' && (lines.length === 0 || lines.at(-1)!.endsWith('\n'))) return { text, msg: 'OK' };
  return { text: done.lines.join(''), msg: done.msg };
}
