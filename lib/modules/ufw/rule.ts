import type { UfwWish } from './ufw-args.js';

/** The number that a new rule gets; undefined puts it at the end. `numbered` is what `ufw status numbered` prints. */
export function insertAt(wish: UfwWish, numbered: string): number | undefined {
  const { insert, insert_relative_to: relative } = wish;
  if (insert === undefined || wish.delete) return undefined;
  if (relative === 'zero') return insert;
  const rules = [...numbered.matchAll(/^\[ *(\d+)\] .*$/gm)];
  const four = rules.filter((r) => !r[0].includes('(v6)')).length;
  const last = rules.length;
  const from = {
    'first-ipv4': 1,
    'last-ipv4': Math.max(four, 1),
    'first-ipv6': four + 1,
    'last-ipv6': last > four ? last : last + 1,
  }[relative];
  return insert + from > last ? undefined : insert + from;
}

function pair(word: string, value: string | undefined): string[] {
  return value === undefined ? [] : [word, value];
}

/** Words of ufw's call for a rule, in its long form (ufw(8)). */
export function ruleWords(wish: UfwWish, at: number | undefined): string[] {
  return [
    ...(wish.route ? ['route'] : []),
    ...(wish.delete ? ['delete'] : []),
    ...(at === undefined ? [] : ['insert', String(at)]),
    wish.rule ?? '',
    ...(wish.direction === undefined ? [] : [wish.direction]),
    ...pair('on', wish.interface),
    ...(wish.interface_in === undefined ? [] : ['in', 'on', wish.interface_in]),
    ...(wish.interface_out === undefined ? [] : ['out', 'on', wish.interface_out]),
    ...(wish.log ? ['log'] : []),
    ...pair('from', wish.from_ip),
    ...pair('port', wish.from_port),
    ...pair('to', wish.to_ip),
    ...pair('port', wish.to_port),
    ...pair('proto', wish.proto),
    ...pair('app', wish.name),
    ...pair('comment', wish.comment),
  ];
}

function tuples(rules: string): string {
  return rules
    .split('\n')
    .filter((line) => line.startsWith('### tuple'))
    .join('\n');
}

/**
 * Whether a rehearsal shows other rules than there are. It prints the whole set of each family that it would write,
 * and nothing of one that stays; `four` and `six` are the files of both.
 */
export function wouldChange(rehearsed: string, four: string, six: string): boolean {
  const sets = rehearsed.split(/^\*filter$/m).slice(1);
  return sets.some((set) => tuples(set) !== tuples(set.includes(':ufw6-') ? six : four));
}
