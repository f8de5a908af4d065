import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Arg } from '../../lib/modules/args.js';
import { modules } from '../../lib/modules/index.js';
import type { Json } from '../../lib/values/json.js';
import { caseFiles } from './cases.js';

// Every argument of every module, and every choice it has, is used by some case, or stands in unused.yaml with a reason.
const here = dirname(fileURLToPath(import.meta.url));
const files = (['scratch', 'node', 'docker'] as const).flatMap((on) => caseFiles(here, on));
const unused = parse(readFileSync(join(here, 'unused.yaml'), 'utf8')) as Record<
  string,
  Record<string, string>
>;

/** What cases give to a module's argument, under any of its names. */
function given(module: string, name: string, arg: Arg): Json[] {
  const names = [name, ...(arg.aliases ?? [])];
  const own = files.filter(({ cases }) => cases.module === module).flatMap(({ cases }) => cases.cases);
  return own.flatMap(({ args = {} }) => names.filter((n) => n in args).map((n) => args[n]!));
}

/** The choices of an argument that no case makes; the default is one that every case makes. */
function missing(arg: Arg, values: readonly Json[]): string[] {
  const made = new Set(values.flat().map(String));
  return (arg.choices ?? []).filter((c) => c !== (arg.default ?? null) && !made.has(String(c))).map(String);
}

/** Arguments without a case, and choices as NAME=CHOICE. */
function lacking(module: (typeof modules)[number]): string[] {
  return Object.entries(module.args).flatMap(([name, arg]) => {
    const values = given(module.name, name, arg);
    return values.length === 0 ? [name] : missing(arg, values).map((c) => `${name}=${c}`);
  });
}

for (const module of modules)
  test(`${module.name}: every argument and choice is in a case`, () => {
    const reasons = Object.keys({ ...unused.any, ...unused[module.name] });
    assert.equal(
      lacking(module).filter((name) => !reasons.includes(name)),
      [],
    );
  });

test('what stands in unused.yaml is not in a case', () => {
  for (const [name, reasons] of Object.entries(unused)) {
    if (name === 'any') continue;
    const module = modules.find((m) => m.name === name);
    assert.ok(module, `no module ${name}`);
    const lacks = lacking(module);
    assert.equal(
      Object.keys(reasons).filter((argument) => !lacks.includes(argument)),
      [],
      `${name}: these are in a case now`,
    );
  }
});

test('every module has cases', () => {
  const named = new Set(files.map(({ cases }) => cases.module));
  const without = modules.map((m) => m.name).filter((name) => !named.has(name));
  assert.equal(without, []);
});

test.run();
