import { type Line, lineOf, PamError, plainControl, type Rule, splitArgs } from './rule.js';

/** Which rules are meant, and what becomes of them; `args` are split already. */
export type RuleWish = {
  readonly state: 'absent' | 'after' | 'args_absent' | 'args_present' | 'before' | 'updated';
  readonly match: Pick<Rule, 'type' | 'control' | 'module'>;
  readonly fresh: { readonly type?: string; readonly control?: string; readonly module?: string };
  readonly args?: readonly string[];
};

type Edited = { readonly lines: readonly Line[]; readonly count: number };

function matches(line: Line | undefined, wish: Partial<RuleWish['match']>): boolean {
  const { rule } = line ?? {};
  return rule?.type === wish.type && rule?.control === wish.control && rule?.module === wish.module;
}

/** The nearest line in one direction that is a rule or an include. */
function beside(lines: readonly Line[], at: number, step: 1 | -1): Line | undefined {
  for (let i = at + step; lines[i] !== undefined; i += step)
    if (!/^\s*(?:#|$)/.test(lines[i]!.text)) return lines[i];
  return undefined;
}

function inserted(lines: readonly Line[], wish: RuleWish): Edited {
  const before = wish.state === 'before';
  const fresh = { args: wish.args ?? [], ...wish.fresh } as Rule;
  const out = lines.flatMap((line, at) => {
    if (!matches(line, wish.match) || matches(beside(lines, at, before ? -1 : 1), fresh)) return [line];
    return before ? [lineOf(fresh), line] : [line, lineOf(fresh)];
  });
  return { lines: out, count: out.length - lines.length };
}

const nameOf = (arg: string): string => arg.replace(/=.*$/s, '');

/** Arguments with others in the place of those with the same name, or at the end. */
function withArgs(now: readonly string[], wanted: readonly string[]): string[] {
  const complex = wanted.some((arg) => arg.startsWith('['));
  if (complex)
    throw new PamError(
      "Unable to process bracketed '[' complex arguments with 'args_present'. Please use 'updated'.",
    );
  const out = [...now];
  for (const arg of wanted) {
    const at = out.findIndex(
      (old) => old === arg || (arg.includes('=') && old.includes('=') && nameOf(old) === nameOf(arg)),
    );
    if (at < 0) out.push(arg);
    else out[at] = arg;
  }
  return out;
}

function changedRule(rule: Rule, wish: RuleWish): Rule {
  const { args = [], fresh } = wish;
  if (wish.state === 'args_present') return { ...rule, args: withArgs(rule.args, args) };
  if (wish.state === 'args_absent') return { ...rule, args: rule.args.filter((arg) => !args.includes(arg)) };
  const given = Object.entries(fresh).filter(([, value]) => value !== undefined && value !== '');
  return { ...rule, ...Object.fromEntries(given), ...(wish.args && { args: wish.args }) };
}

function changed(lines: readonly Line[], wish: RuleWish): Edited {
  const out = lines.map((line) => {
    if (!line.rule || !matches(line, wish.match)) return line;
    const rule = changedRule(line.rule, wish);
    return JSON.stringify(rule) === JSON.stringify(line.rule) ? line : lineOf(rule);
  });
  return { lines: out, count: out.filter((line, at) => line !== lines[at]).length };
}

/** The lines as wished, and how many rules came, went or changed; lines of others keep their text. Throws a PamError. */
export function editRules(lines: readonly Line[], wish: RuleWish): Edited {
  if (wish.state === 'before' || wish.state === 'after') return inserted(lines, wish);
  if (wish.state !== 'absent') return changed(lines, wish);
  const out = lines.filter((line) => !matches(line, wish.match));
  return { lines: out, count: lines.length - out.length };
}

/** The wish of a task's arguments. */
export function ruleWish(a: {
  readonly state: RuleWish['state'];
  readonly type: string;
  readonly control: string;
  readonly module_path: string;
  readonly new_type?: string;
  readonly new_control?: string;
  readonly new_module_path?: string;
  readonly module_arguments?: readonly string[];
}): RuleWish {
  return {
    state: a.state,
    match: { type: a.type, control: plainControl(a.control), module: a.module_path },
    fresh: {
      type: a.new_type,
      control: a.new_control && plainControl(a.new_control),
      module: a.new_module_path,
    },
    args: a.module_arguments && splitArgs(a.module_arguments),
  };
}
