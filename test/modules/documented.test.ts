import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Arg, ArgSpec } from '../../lib/modules/args.js';
import { modules } from '../../lib/modules/index.js';
import { BUILTIN } from '../../lib/modules/table.js';
import type { Json } from '../../lib/values/json.js';

// What `ansible-doc -j` of core 2.14 says of each module: names, types, defaults, choices, aliases, fields of results.
type Documented = {
  readonly [module: string]: {
    readonly options: { readonly [name: string]: Partial<Arg> & { readonly type: string } };
    readonly returns: readonly string[];
  };
};
const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const documented = JSON.parse(read('recorded/documented.json')) as Documented;
/** What differs, by module and what it is about, each with the reason. */
const known = parse(read('undocumented.yaml')) as Record<string, Record<string, string>>;

const sorted = (list: readonly Json[] | undefined) => [...(list ?? [])].map(String).sort();

/** The sides of an argument that differ: nothing of what Ansible documents may be missing. */
function differing(own: Arg | undefined, theirs: Partial<Arg>): string[] {
  if (own === undefined) return ['missing'];
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  const choices = sorted(own.choices);
  return [
    ...(own.type === theirs.type ? [] : [`type ${own.type}`]),
    ...(same(own.default, theirs.default) ? [] : [`default ${JSON.stringify(own.default ?? null)}`]),
    ...(same(own.required ?? false, theirs.required ?? false) ? [] : [`required ${own.required ?? false}`]),
    ...(same(own.elements, theirs.elements) ? [] : [`elements ${own.elements}`]),
    ...(sorted(theirs.choices).every((c) => choices.includes(c)) ? [] : ['choices']),
    ...(sorted(theirs.aliases).every((a) => own.aliases?.includes(a)) ? [] : ['aliases']),
  ];
}

function differences(name: string, own: ArgSpec, returns: readonly string[]): string[] {
  const theirs = documented[name]!;
  const args = Object.entries(theirs.options).flatMap(([arg, said]) =>
    differing(own[arg], said).map((what) => `${arg} ${what}`),
  );
  return [...args, ...theirs.returns.filter((r) => !returns.includes(r)).map((r) => `returns ${r}`)];
}

for (const module of modules) {
  const name = `${module.collection ?? BUILTIN}.${module.name}`;
  if (!documented[name]) continue;
  test(`${name} has what Ansible documents`, () => {
    const reasons = known[module.name] ?? {};
    assert.equal(
      differences(name, module.args, Object.keys(module.returns)).sort(),
      Object.keys(reasons).sort(),
    );
  });
}

test('every known difference is of a module and has a reason', () => {
  const names = modules.map((m) => m.name);
  for (const [name, reasons] of Object.entries(known)) {
    assert.ok(names.includes(name), name);
    for (const reason of Object.values(reasons)) assert.ok(reason.length > 5, name);
  }
});

test.run();
