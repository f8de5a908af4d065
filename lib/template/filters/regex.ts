import { repr, str } from '../../values/print.js';
import { truthy } from '../../values/truth.js';
import { Tuple, type Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { asText, flag, text } from '../read.js';
import { type Match, type Pattern, pattern } from '../regex/pattern.js';
import { substitute } from '../regex/replacement.js';
import { use } from '../runtime/undefined.js';
import { filter } from '../signature.js';

const flags = (ignorecase?: Value, multiline?: Value) => ({ i: flag(ignorecase), m: flag(multiline) });

const replace = filter(
  'pattern? replacement? ignorecase? multiline?',
  (input, [source = '', fresh = '', i, m]) =>
    substitute(
      pattern(asText(source, 'a pattern'), flags(i, m)),
      asText(fresh, 'a replacement'),
      text(input),
    ),
);

function found(match: Match, count: number): Value {
  const groups = match.groups.map((g) => g ?? '');
  if (count === 0) return groups[0]!;
  return count === 1 ? groups[1]! : new Tuple(groups.slice(1));
}

const findall = filter('regex multiline? ignorecase?', (input, [source, m, i]) => {
  const compiled = pattern(asText(source, 'a pattern'), flags(i, m));
  return compiled.all(text(input)).map((match) => found(match, compiled.count));
});

function wanted(arg: Value, compiled: Pattern): number {
  const name = asText(arg, 'a reference to a group');
  const [, byName, byNumber] = /^\\(?:g<([^\s>]+)>|(\d+))/.exec(name) ?? [];
  const number = byName === undefined ? Number(byNumber) : compiled.names.get(byName);
  if (number === undefined || Number.isNaN(number) || number > compiled.count)
    throw new TemplateError(`regex_search: the pattern has no group ${repr(arg)}`);
  return number;
}

const search: Filter = (input, args, kwargs) => {
  const [source, ...groups] = args.map(use);
  const set = (name: string) => truthy(kwargs.get(name) ?? false);
  const compiled = pattern(asText(source ?? kwargs.get('regex'), 'a pattern'), {
    i: set('ignorecase'),
    m: set('multiline'),
  });
  const match = compiled.search(text(input));
  for (const group of groups)
    if (!/^\\(\d|g<\S+>)/.test(asText(group)))
      throw new TemplateError(`Unknown argument: regex_search takes \\N and \\g<name>, not ${repr(group)}`);
  if (!match) return null;
  if (groups.length === 0) return match.groups[0]!;
  return groups.map((group) => match.groups[wanted(group, compiled)] ?? null);
};

const ESCAPED = /[\t-\r #$&()*+\-.?[\\\]^{|}~]/g;

const escapeFilter = filter('re_type?', (input, [type = 'python']) => {
  if (type === 'python') return text(input).replace(ESCAPED, '\\$&');
  if (type === 'posix_basic') return text(input).replace(/[\][.^$*\\]/g, '\\$&');
  if (type === 'posix_extended') throw new TemplateError('Regex type (posix_extended) not yet implemented');
  throw new TemplateError(`Invalid regex type (${str(type)})`);
});

/** Filters on regular expressions, in Python's syntax. */
export const regexFilters: Record<string, Filter> = {
  regex_replace: replace,
  regex_search: search,
  regex_findall: findall,
  regex_escape: escapeFilter,
};
