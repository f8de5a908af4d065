import { compare } from '../../values/order.js';
import { reprString } from '../../values/print.js';
import { typeName } from '../../values/typename.js';
import type { Dict, Value } from '../../values/value.js';
import { type Caller, type Lookup, TemplateError } from '../library.js';
import { randomSource } from '../random.js';
import { isSequence, items, toNumber } from '../read.js';
import { lookup, type Options } from './options.js';

type Step = { name: string; values: Value };

function stepOf(term: Value, i: number): Step {
  if (!(term instanceof Map) || term.size !== 1)
    throw new TemplateError(`dependent: term ${i} must be a dict with one entry`);
  const [name, values] = [...term][0]!;
  if (typeof values !== 'string' && !isSequence(values) && !(values instanceof Map))
    throw new TemplateError(`dependent: the values of ${String(name)} must be a text, a list or a dict`);
  return { name: String(name), values };
}

function choices(values: Value, name: string): Value[] {
  if (values instanceof Map)
    return Array.from(values)
      .sort((a, b) => compare(a[0], b[0]))
      .map(
        ([key, value]) =>
          new Map<Value, Value>([
            ['key', key],
            ['value', value],
          ]),
      );
  if (isSequence(values) || typeof values === 'string') return items(values);
  throw new TemplateError(
    `dependent: '${name}' is neither a list nor a dict but of type ${typeName(values)}`,
  );
}

function choose(steps: readonly Step[], chosen: Dict, caller: Caller): Value[] {
  const [step, ...rest] = steps;
  if (!step) return [new Map(chosen)];
  const values =
    typeof step.values === 'string'
      ? caller.template(`{{${step.values}}}`, new Map<string, Value>([['item', new Map(chosen)]]))
      : step.values;
  return choices(values, step.name).flatMap((value) =>
    choose(rest, new Map([...chosen, [step.name, value]]), caller),
  );
}

const dependent: Lookup = lookup('', (terms, _options, caller) => {
  const steps = terms.map(stepOf);
  const twice = steps.find((step, i) => steps.findIndex((other) => other.name === step.name) !== i);
  if (twice) throw new TemplateError(`dependent: the name ${reprString(twice.name)} appears more than once`);
  return steps.length ? choose(steps, new Map(), caller) : [];
});

const CLASSES: readonly (readonly [string, string, string])[] = [
  ['numbers', 'min_numeric', '0123456789'],
  ['lower', 'min_lower', 'abcdefghijklmnopqrstuvwxyz'],
  ['upper', 'min_upper', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['special', 'min_special', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
];

function number(options: Options, name: string, fallback: number): number {
  const n = toNumber(options.get(name) ?? fallback);
  if (n === undefined || !Number.isInteger(n)) throw new TemplateError(`${name} must be a whole number`);
  return n;
}

function pick(letters: string, count: number): string[] {
  if (count > 0 && letters === '') throw new TemplateError('there are no characters to choose from');
  const below = randomSource();
  return Array.from({ length: Math.max(0, count) }, () => letters[below(letters.length)]!);
}

function randomText(options: Options): string {
  const all = options.text('override_all', '');
  const classes = CLASSES.map(([name, least, letters]) => ({
    letters: name === 'special' ? options.text('override_special', '') || letters : letters,
    wanted: options.bool(name, true),
    least: number(options, least, 0),
  }));
  const sure = all ? [] : classes.flatMap(({ letters, least }) => pick(letters, least));
  const usable = all || classes.flatMap(({ letters, wanted }) => (wanted ? [letters] : [])).join('');
  const chars = [...sure, ...pick(usable, number(options, 'length', 8) - sure.length)];
  const below = randomSource();
  for (let i = chars.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [chars[i], chars[j]] = [chars[j]!, chars[i]!];
  }
  return chars.join('');
}

const RANDOM = `length override_all override_special base64 ${CLASSES.map(([name, least]) => `${name} ${least}`).join(' ')}`;

const randomString = lookup(RANDOM, (_terms, options, { host }) => {
  const made = randomText(options);
  const shown = options.bool('base64', false) ? Buffer.from(made).toString('base64') : made;
  host.secret(shown);
  return [shown];
});

/** Lookups of the collection community.general that need nothing but the controller, by their full names. */
export const generalLookups: Record<string, Lookup> = {
  'community.general.dependent': dependent,
  'community.general.random_string': randomString,
};
