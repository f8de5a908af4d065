import { type Line, REPEATED } from './parse.js';

/** What is wished of one option of an interface. */
export type OptionWish = {
  readonly iface: string;
  readonly address_family?: string;
  readonly option: string;
  readonly value?: string;
  readonly state: 'absent' | 'present';
};

/** A wish that the file has no place for. */
export class NoInterfaceError extends Error {}

function ofInterface(lines: readonly Line[], wish: OptionWish): Line[] {
  const { iface, address_family: family } = wish;
  return lines.filter((l) => l.iface === iface && (family === undefined || l.family === family));
}

function withMethod(lines: readonly Line[], own: readonly Line[], method: string): Line[] {
  return lines.map((l) =>
    own.includes(l) && l.option === undefined && l.method !== method
      ? { ...l, method, line: l.line.replace(/(\S+)(\s*)$/, (_, _word, end: string) => `${method}${end}`) }
      : l,
  );
}

function added(
  lines: readonly Line[],
  after: Line,
  wish: OptionWish,
  value: string,
  deeper: boolean,
): Line[] {
  const indent = `${/^\s*/.exec(after.line)?.[0] ?? ''}${deeper ? '    ' : ''}`;
  const ended = after.line.endsWith('\n');
  const line = `${ended ? '' : '\n'}${indent}${wish.option} ${value}${ended ? '\n' : ''}`;
  const fresh = { line, iface: wish.iface, family: after.family, option: wish.option, value };
  return lines.toSpliced(lines.lastIndexOf(after) + 1, 0, fresh);
}

function replaced(lines: readonly Line[], old: Line, value: string): Line[] {
  const indent = /^\s*\S+\s*/.exec(old.line)?.[0] ?? '';
  const rest = old.line.slice(indent.length).slice((old.value ?? '').length);
  const line = `${old.value === '' ? `${indent.trimEnd()} ` : indent}${value}${old.value === '' ? '\n' : rest}`;
  return lines.map((l) => (l === old ? { ...l, value, line } : l));
}

/** The lines with the option as it is wished. Throws a NoInterfaceError. */
export function editInterfaces(lines: readonly Line[], wish: OptionWish): readonly Line[] {
  const own = ofInterface(lines, wish);
  if (own.length === 0) throw new NoInterfaceError(`Error: interface ${wish.iface} not found`);
  const options = own.filter((l) => l.option !== undefined);
  const same = options.filter((l) => l.option === wish.option);
  const repeated = REPEATED.includes(wish.option);
  if (wish.state === 'absent') {
    const gone = same.filter((l) => !repeated || wish.value === undefined || l.value === wish.value);
    return gone.length === 0 ? lines : lines.filter((l) => !gone.includes(l));
  }
  const value = wish.value ?? '';
  const last = same.at(-1);
  if (wish.option === 'method') return withMethod(lines, own, value);
  if (!last) return added(lines, own.at(-1)!, wish, value, options.length === 0);
  if (repeated) return same.some((l) => l.value === value) ? lines : added(lines, last, wish, value, false);
  return last.value === value ? lines : replaced(lines, last, value);
}
