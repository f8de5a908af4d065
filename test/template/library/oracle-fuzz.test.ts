import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { library } from '../../../lib/template/builtin.js';
import { createTemplater } from '../../../lib/template/create.js';
import { readJson } from '../../../lib/template/json-read.js';
import { repr } from '../../../lib/values/print.js';
import type { Dict } from '../../../lib/values/value.js';
import { readTrial, runTrial } from '../../../lib/vars/try.js';
import { ask, hasAnsible } from '../oracle/answers.js';
import type { Case } from '../oracle/cases.js';

type Vars = Record<string, unknown>;

const templater = createTemplater(library);
const joined = (parts: string[], separator = '', maxLength = 6) =>
  fc.array(fc.constantFrom(...parts), { maxLength }).map((list) => list.join(separator));

const atoms = joined(
  ['a', 'b*?', '1+', '.', '\\w', '\\d?', '[a-c]*', '[^a]', '\\b', '^', '$', '(a)', '(?:b|c)?', '(?P<n>b)'],
  '',
  5,
);
const subject = joined(['a', 'b', 'c', 'A', '1', ' ', '\n', 'é', '-', '.', 'ab'], '', 10);
const patterns = fc.tuple(fc.constantFrom('', '(?i)', '(?m)', '(?s)'), atoms).map((parts) => parts.join(''));
const words = joined(
  ['a', 'bb', 'long-word', 'x--y', '  ', 'verylongwordindeed', 'é', 'a,', '(b)', '-', '1-2'],
  ' ',
  12,
);
const list = fc.array(fc.constantFrom('a', 'B', 'b', 'A', 'é', '10', '9', ''), { maxLength: 6 });
const path = joined(['/', 'a', '..', '.', 'b.tar.gz', '//', '.x', 'c d']);
const version = joined(['1', '2', '10', '0', '.', '.', '-', 'a', 'rc1', '+']);
const url = joined(
  ['http://', 'user:pw@', 'host', 'HOST.com', ':80', ':x', '/p', '?q=1', '#f', '[::1]', '@', ':'],
  '',
  5,
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0.5, 2.5, 2.675),
);
const moment = fc.integer({ min: 0, max: 4e9 });
const format = joined(
  ['%Y', '%j', '%U', '%W', '%V', '%G', '%d', '%e', '%I', '%p', '%a', '%b', '%H:%M:%S', '%-d'],
  ' ',
);

const TRIALS: readonly (readonly [string, fc.Arbitrary<Vars>])[] = [
  ['{{ s | regex_findall(p) }}', fc.record({ s: subject, p: patterns })],
  ["{{ s | regex_replace(p, '-') }}", fc.record({ s: subject, p: patterns })],
  ['{{ s is search(p) }}{{ s is match(p) }}', fc.record({ s: subject, p: patterns })],
  ['{{ s | wordwrap(n) }}', fc.record({ s: words, n: fc.integer({ min: 1, max: 20 }) })],
  [
    '{{ s | title }}|{{ s | comment }}|{{ s | quote }}|{{ s | urlencode }}|{{ s | truncate(9) }}',
    fc.record({ s: words }),
  ],
  [
    '{{ n | round(p) }} {{ n | human_readable }} {{ n | filesizeformat }}',
    fc.record({ n: number, p: fc.integer({ min: -2, max: 4 }) }),
  ],
  [
    '{{ a | sort }} {{ a | unique }} {{ a | union(b) }} {{ a | difference(b) }} {{ a | zip(b) }} {{ a | batch(2) }}',
    fc.record({ a: list, b: list }),
  ],
  [
    '{{ p | basename }}|{{ p | dirname }}|{{ p | splitext }}|{{ p | win_basename }}|{{ [p, q] | path_join }}',
    fc.record({ p: path, q: path }),
  ],
  ["{{ a is version(b, '<') }}", fc.record({ a: version, b: version })],
  ["{{ a is version(b, '<', version_type='pep440') }}", fc.record({ a: version, b: version })],
  ['{{ u | urlsplit }}{{ u is url }}', fc.record({ u: url })],
  [
    '{{ n | random(seed=s) }}',
    fc.record({ n: fc.integer({ min: 1, max: 2 ** 40 }), s: fc.string({ minLength: 1, maxLength: 5 }) }),
  ],
  ['{{ f | strftime(n) }}', fc.record({ f: format, n: moment })],
  [
    '{{ v | to_nice_yaml }}{{ v | to_json }}{{ v | pprint }}',
    fc.record({ v: fc.object({ maxDepth: 3, withNullPrototype: false }) }),
  ],
];

function ours(one: Case): { text?: string; error?: string } {
  try {
    return { text: repr(runTrial(templater, readTrial(readJson(JSON.stringify(one)) as Dict))) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const live = hasAnsible();
const seed = Number(process.env.SEED ?? 1);
const cases = TRIALS.flatMap(([source, vars], i) =>
  fc
    .sample(vars, { numRuns: 25, seed })
    .filter((v) => !/\{[{%#]|\\ud[89a-f]/.test(JSON.stringify(v)))
    .map((v, j): Case => ({ id: `${i}-${j}`, kind: 'value', source, vars: JSON.parse(JSON.stringify(v)) })),
);
const answers = live ? ask(cases) : [];

for (const [i, [source]] of TRIALS.entries())
  (live ? test : test.skip)(`random values: ${source}`, () => {
    for (const [j, one] of cases.entries()) {
      if (!one.id.startsWith(`${i}-`)) continue;
      const theirs = answers[j]!;
      const mine = ours(one);
      const where = `SEED=${seed} ${JSON.stringify(one.vars)}`;
      if (theirs.error !== undefined)
        assert.ok(mine.error, `${where}: an error was expected, not ${mine.text}`);
      else
        assert.is(
          mine.text ?? `error: ${mine.error}`,
          theirs.text,
          `${where}: ${mine.text} is not ${theirs.text}`,
        );
    }
  });

test.run();
