import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import type { ArgRules, ArgSpec, ArgType } from '../../lib/modules/args.js';
import { convertArgument } from '../../lib/modules/convert-argument.js';
import { type Validated, validateArgs } from '../../lib/modules/validate.js';
import { fromJson, toJson } from '../../lib/values/convert.js';
import type { Json, JsonObject } from '../../lib/values/json.js';
import { mark } from '../../lib/values/position.js';
import { ValueProblem } from '../../lib/values/problem.js';
import { Sealed, Unsafe } from '../../lib/values/value.js';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`arguments/${name}`, import.meta.url), 'utf8'));

for (const [type, given, expected] of read('conversions.json') as [ArgType, Json, Json][])
  test(`${type} from ${JSON.stringify(given)}`, () => {
    const convert = () => toJson(convertArgument(type, fromJson(given)));
    if (typeof expected !== 'string' || !expected.startsWith('!')) return assert.equal(convert(), expected);
    assert.throws(
      convert,
      (e: unknown) => e instanceof ValueProblem && e.message.includes(expected.slice(1)),
    );
  });

type Table = {
  spec: ArgSpec;
  rules: ArgRules;
  cases: {
    name: string;
    given: JsonObject;
    ahead?: boolean;
    partial?: boolean;
    args?: JsonObject;
    errors?: string[];
    secrets?: string[];
    warnings?: string[];
  }[];
};

const keys = ['name', 'given', 'ahead', 'partial', 'args', 'errors', 'secrets', 'warnings'];
const known = new Ajv().compile({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(keys.map((key) => [key, {}])),
});

const table = read('validated.json') as Table;
const holder = { name: 'test', args: table.spec, rules: table.rules };

function told(result: Validated): string[] {
  return result.ok ? [] : result.errors.map((e) => e.message);
}

for (const one of table.cases)
  test(`arguments: ${one.name}`, () => {
    assert.ok(known(one), `unknown key in ${JSON.stringify(one)}`);
    const given = one.ahead ? (fromJson(one.given) as Map<string, unknown>) : one.given;
    const result = validateArgs(holder, given, one);
    assert.equal(told(result), one.errors ?? []);
    if (!result.ok) return;
    const args = Object.fromEntries(Object.entries(result.args).filter(([, v]) => v !== undefined));
    if (one.ahead) return;
    assert.equal(args, one.args);
    assert.equal(result.secrets, one.secrets ?? []);
    assert.equal(result.warnings, one.warnings ?? []);
  });

test('errors point at what was written, under its alias too', () => {
  const at = (line: number, col: number) => ({ file: 'site.yml', line, col });
  const given = mark(
    new Map<string, unknown>([
      ['dest', '/a'],
      ['count', 'x'],
      ['nope', 1],
    ]),
    {
      self: at(1, 1),
      key: (k) => at(k === 'nope' ? 4 : 2, 3),
      value: (k) => at(k === 'count' ? 3 : 2, 10),
    },
  );
  const result = validateArgs(holder, given);
  assert.not(result.ok);
  const places = result.ok ? [] : result.errors.map((e) => [e.code, e.pos?.line, e.pos?.col]);
  assert.equal(places, [
    ['unknown-name', 4, 3],
    ['bad-value', 3, 10],
  ]);
});

test('a module may have words of its own for results, not for what is read', () => {
  const args = { dest: { type: 'str', required: true, doc: '' } } as const;
  const words = { 'missing required arguments: dest': 'dest is required' };
  assert.equal(told(validateArgs({ name: 'x', args, words }, {})), ['dest is required']);
  const ahead = validateArgs({ name: 'x', args, words }, {}, { ahead: true });
  assert.equal(told(ahead), ['missing required arguments: dest']);
});

test('free-form text goes to the argument that takes it', () => {
  const args = { cmd: { type: 'str', doc: '' } } as const;
  const shell = { name: 'shell', args, freeForm: { arg: 'cmd', split: true } };
  assert.equal(validateArgs(shell, { _raw_params: 'ls -l' }), {
    ok: true,
    args: { cmd: 'ls -l' },
    secrets: [],
    warnings: [],
  });
  const other = validateArgs({ name: 'x', args }, { _raw_params: 'ls' });
  assert.equal(told(other), [
    'Unsupported parameters for (x) module: _raw_params. Supported parameters include: cmd.',
  ]);
  assert.ok(validateArgs({ name: 'x', args }, { _raw_params: '' }).ok);
});

test('vault values wait, texts marked unsafe are plain', () => {
  const given = new Map<string, unknown>([
    ['path', new Unsafe('{{ x }}')],
    ['count', new Sealed('$ANSIBLE_VAULT;1.1;AES256\n00')],
  ]);
  const result = validateArgs(holder, given);
  assert.ok(result.ok);
  assert.is(result.ok && result.args.path, '{{ x }}');
});

test('open modules keep what they do not know', () => {
  const open = { name: 'set_fact', args: { cacheable: { type: 'bool', doc: '' } } as const, openArgs: true };
  const result = validateArgs(open, { cacheable: 'yes', a: [1, { b: null }] });
  assert.equal(result.ok && result.args, { cacheable: true, a: [1, { b: null }] });
});

test('any JSON is either taken or refused with an FfeError', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...Object.keys(table.spec), 'dest', 'zz'), fc.jsonValue()),
      (given) => {
        const result = validateArgs(holder, given as JsonObject);
        if (!result.ok) assert.ok(result.errors.every((e) => e instanceof FfeError && e.message !== ''));
        else assert.type(result.args.path, 'string');
      },
    ),
    { numRuns: 300 },
  );
});

test('what was validated validates again to the same', () => {
  // The rules between arguments count a null as given, as Ansible's do; the result leaves it out.
  const written = fc.jsonValue().filter((value) => value !== null);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(table.spec)), written), (given) => {
      const first = validateArgs(holder, given as JsonObject);
      if (!first.ok) return;
      const second = validateArgs(holder, first.args);
      assert.equal(second.ok && second.args, first.args);
    }),
    { numRuns: 300, examples: [[{ token: [], path: [] }]] },
  );
});

test.run();
