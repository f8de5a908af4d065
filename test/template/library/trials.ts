import * as fc from 'fast-check';

/** Variables of one trial. */
export type Vars = Record<string, unknown>;

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

const leaf = fc.oneof(
  fc.constantFrom(
    '',
    'yes',
    'null',
    '1',
    '1.5',
    '~',
    ' x',
    '- a',
    'a: b',
    '#',
    '2020-01-01',
    "it's",
    '"q"',
    '\\d',
  ),
  fc.constantFrom(
    'a\nb\n',
    '\n',
    'x\ty',
    'é',
    '😀',

    '[1]',
    '{a',
    'True',
    '0x1f',
    '1e3',
    'long '.repeat(20),
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
  fc.integer(),
  fc.constantFrom(1e22, 1e16, 123456789012345680000, 1e-5, 0.1, 2.5, -0.5, 5e-324, 1e300),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const tree = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('b', 'a', 'A', '10', '9', 'x y', 'é', '', 'yes', '-'), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;
const box = fc.record({ v: tree });
const bound = fc.option(fc.integer({ min: -8, max: 8 }), { nil: null });
const rows = fc.array(
  fc.record({ k: fc.constantFrom('b', 'B', 'a', 'é', '', '10', '9'), i: fc.integer({ min: -3, max: 3 }) }),
  { maxLength: 6 },
);
const numbers = fc.record({
  a: fc.oneof(fc.integer({ min: -99, max: 99 }), fc.double({ min: -50, max: 50, noNaN: true })),
  b: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ min: -5, max: 5, noNaN: true })),
  c: fc.maxSafeInteger(),
});
const richer = joined(
  [
    'a',
    'b+?',
    '(?=b)',
    '(?!a)',
    '(?<=a)',
    '(a|b)',
    '\\1',
    '\\s*',
    '\\W',
    '.{1,2}',
    '[\\w-]',
    '(?i:B)',
    '\\Z',
    '\\A',
    '$',
  ],
  '',
  5,
);
const into = joined(['<', '\\1', '\\g<0>', '\\\\', '&', '$1', '>'], '', 4);

/** A template, and what its variables may be. Together they are printed, sorted, sliced, searched and written out. */
export const TRIALS: readonly (readonly [string, fc.Arbitrary<Vars>])[] = [
  ['{{ v }}', box],
  ['{{ [v, (v, 1), {1: v}] }}', box],
  ['a {{ v }} b', box],
  ['{{ v | to_json }}', box],
  ['{{ v | to_nice_json(indent=2) }}{{ v | tojson }}', box],
  ['{{ v | to_yaml }}', box],
  ['{{ v | to_nice_yaml(indent=2, width=40) }}', box],
  ['{{ v | to_json | from_json == v }} {{ v | to_nice_yaml | from_yaml }}', box],
  ['{{ v | pprint }}', box],
  [
    '{{ l[a:b:c] }}|{{ s[a:b:c] }}|{{ (1, 2, 3)[a:b] }}',
    fc.record({ l: fc.array(leaf, { maxLength: 6 }), s: subject, a: bound, b: bound, c: bound }),
  ],
  [
    '{{ l[a] }}|{{ s[a] | default("none") }}',
    fc.record({
      l: fc.array(leaf, { minLength: 3, maxLength: 6 }),
      s: subject,
      a: fc.integer({ min: -6, max: 6 }),
    }),
  ],
  [
    "{{ h | sort(attribute='k') }} {{ h | sort(attribute='k,i', reverse=true, case_sensitive=true) }}",
    fc.record({ h: rows }),
  ],
  [
    "{{ h | groupby('k') }} {{ h | max(attribute='i') | default('none') }} {{ h | unique(attribute='k') }}",
    fc.record({ h: rows }),
  ],
  [
    '{{ a | sort(case_sensitive=true) }} {{ a | sort(reverse=true) }} {{ a | min | default("-") }} {{ d | dictsort }}',
    fc.record({
      a: list,
      d: fc.dictionary(fc.constantFrom('b', 'A', 'a', '10', '9'), fc.integer(), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    }),
  ],
  ['{{ a + b }} {{ a - b }} {{ a * b }} {{ c * c }} {{ a < b }} {{ a == b }} {{ -a }}', numbers],
  ['{{ a / b }} {{ a // b }} {{ a % b }} {{ c // b }} {{ c % b }}', numbers],
  ["{{ '%5.2f|%e|%g|%d|%s' % (a, a, a, c, b) }} {{ '{:.3f} {:,} {:e} {:>9}'.format(a, c, b, a) }}", numbers],
  ['{{ s | regex_replace(p, r) }}', fc.record({ s: subject, p: richer, r: into })],
  ['{{ s | regex_findall(p) }}{{ s | regex_search(p) }}', fc.record({ s: subject, p: richer })],
  [
    "{{ s.split('a') }}{{ s.split() }}{{ s.title() }}{{ s.partition('b') }}{{ s.strip('a ') }}{{ s.center(9, '*') }}{{ s.splitlines() }}{{ s.replace('a', 'x', 1) }}{{ s.rfind('b') }}",
    fc.record({ s: subject }),
  ],
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
