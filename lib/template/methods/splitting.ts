import { ValueProblem } from '../../values/problem.js';
import { Tuple } from '../../values/value.js';
import { bind, type Method, text, whole } from './bind.js';

function onSpace(self: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = self.trimStart();
  while (rest !== '') {
    const at = limit >= 0 && parts.length >= limit ? -1 : rest.search(/\s/);
    if (at === -1) break;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  // Only a text that was cut short keeps its trailing whitespace.
  return rest === '' ? parts : [...parts, rest];
}

function onSpaceFromRight(self: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = self.trimEnd();
  while (rest !== '' && (limit < 0 || parts.length < limit)) {
    const word = /\S+$/.exec(rest)![0];
    parts.unshift(word);
    rest = rest.slice(0, -word.length).trimEnd();
  }
  return rest === '' ? parts : [rest, ...parts];
}

function onText(self: string, separator: string, limit: number, right: boolean): string[] {
  if (separator === '') throw new ValueProblem('empty separator', 'ValueError');
  const parts = self.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  if (right) {
    const head = parts.length - limit;
    return [parts.slice(0, head).join(separator), ...parts.slice(head)];
  }
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function splitter(name: 'split' | 'rsplit'): Method<string> {
  return (self, args, kwargs) => {
    const [separator, times] = bind(name, 'sep? maxsplit?', args, kwargs);
    const limit = whole(name, times, -1);
    const right = name === 'rsplit';
    if (separator === undefined || separator === null)
      return right ? onSpaceFromRight(self, limit) : onSpace(self, limit);
    return onText(self, text(name, separator), limit, right);
  };
}

/** Python's str.splitlines(). */
export function splitLines(self: string, keepEnds: boolean): string[] {
  const lines =
    self.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g) ?? [];
  const kept = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  return keepEnds
    ? kept
    : kept.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}

function partition(name: string, right: boolean): Method<string> {
  return (self, args) => {
    const separator = text(name, bind(name, 'sep', args, new Map())[0]);
    if (separator === '') throw new ValueProblem('empty separator', 'ValueError');
    const at = right ? self.lastIndexOf(separator) : self.indexOf(separator);
    if (at === -1) return new Tuple(right ? ['', '', self] : [self, '', '']);
    return new Tuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
  };
}

/** Python's str methods that cut a text. */
export const splittingMethods: readonly (readonly [string, Method<string>])[] = [
  ['split', splitter('split')],
  ['rsplit', splitter('rsplit')],
  [
    'splitlines',
    (self, args, kwargs) => splitLines(self, Boolean(bind('splitlines', 'keepends?', args, kwargs)[0])),
  ],
  ['partition', partition('partition', false)],
  ['rpartition', partition('rpartition', true)],
];
