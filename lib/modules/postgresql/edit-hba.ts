import type { Json, JsonObject } from '../../values/json.js';
import { argText, shown } from '../edit/bytes.js';
import { checkedRule, compareRules, parseRule, type Rule, ruleKey, ruleLine } from './hba-rule.js';

/** What is to be done with one rule; databases and users are lists with commas. */
export type Wished = { readonly rule: Rule; readonly present: boolean };

/** The rules of a file by their keys, and its comments. */
export type Hba = { readonly rules: ReadonlyMap<string, Rule>; readonly comments: readonly string[] };

/** Reads a file; `keep`: comments behind rules stay there. */
export function readHba(text: string, keep: boolean): Hba | { readonly failed: string } {
  const rules = new Map<string, Rule>();
  const comments: string[] = [];
  for (const whole of text.split('\n')) {
    const [, line = '', behind] = /^\s*([^#]*?)\s*(?:#(.*?))?\s*$/.exec(whole) ?? [];
    const comment = behind || undefined;
    if (comment !== undefined && (line === '' || !keep)) comments.push(`#${comment}`);
    if (line === '') continue;
    const rule = parseRule(line, keep ? comment : undefined);
    if ('failed' in rule) return { failed: `Error reading file:\n${rule.failed}` };
    rules.set(ruleKey(rule), rule);
  }
  return { rules, comments };
}

/** The file of such rules. */
export function renderHba({ rules, comments }: Hba): string {
  const lines = [...rules.values()].sort(compareRules).map((rule) => {
    return rule.comment === undefined ? ruleLine(rule) : `${ruleLine(rule)}\t#${rule.comment}`;
  });
  return `${comments.join('\n')}\n${lines.join('\n')}\n`;
}

/** Single rules out of one for several databases and users; the words for what is wrong with one. */
export function wishedRules(given: JsonObject): Wished[] | { readonly failed: string } {
  const text = (name: string) =>
    given[name] === undefined || given[name] === null ? undefined : argText(String(given[name]));
  const found: Wished[] = [];
  for (const db of (text('databases') ?? 'all').split(','))
    for (const usr of (text('users') ?? 'all').split(',')) {
      const [type, method] = [text('contype')!, text('method') ?? 'md5'];
      const others = {
        src: text('address'),
        mask: text('netmask'),
        options: text('options'),
        comment: text('comment'),
      };
      const rule = checkedRule({ type, db, usr, method, ...others });
      if ('failed' in rule) return { failed: `Error modifying rules:\n${rule.failed}` };
      const plain = Object.fromEntries(Object.entries(rule).filter(([, v]) => v !== undefined)) as Rule;
      found.push({ rule: plain, present: text('state') !== 'absent' });
    }
  return found;
}

/** Adds and removes rules. */
export function changedHba(hba: Hba, wished: readonly Wished[], overwrite: boolean): Hba {
  const rules = new Map(overwrite ? [] : hba.rules);
  for (const { rule, present } of wished) {
    if (present) rules.set(ruleKey(rule), rule);
    else rules.delete(ruleKey(rule));
  }
  return { rules, comments: hba.comments };
}

/** Whether two files have the same rules. */
export function sameHba(a: Hba, b: Hba): boolean {
  const texts = (hba: Hba) => renderHba({ rules: hba.rules, comments: [] });
  return texts(a) === texts(b);
}

/** The rules as a result has them. */
export function hbaResult({ rules }: Hba): Json[] {
  return [...rules.values()]
    .sort(compareRules)
    .map((rule) => Object.fromEntries(Object.entries(rule).map(([k, v]) => [k, shown(v)])));
}
