import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { defaultsFile, type Option, readSpec, type Spec, withTable } from '../../scripts/role-files.js';

const ROLES = 'roles';
const names = readdirSync(ROLES).sort();
const prefixOf = (role: string) => `${role.replaceAll('-', '_')}_`;

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function documented(option: Option, path: string): void {
  assert.ok(option.type, `${path} has no type`);
  assert.match(option.description ?? '', /^[A-Z].*\.$/s, `${path} has no description`);
  if (option.type === 'list') assert.ok(option.elements, `${path} does not say what it is a list of`);
  for (const [name, inner] of Object.entries(option.options ?? {})) documented(inner, `${path}.${name}`);
}

/** Every variable of a role that its files speak of (names of modules are none), whether it is an option, a registered result or its own. */
function spokenOf(role: string): Set<string> {
  const word = new RegExp(`\\b${prefixOf(role)}\\w+`, 'g');
  const folders = ['tasks', 'handlers', 'templates', 'vars'].map((name) => join(ROLES, role, name));
  const text = (file: string) => readFileSync(file, 'utf8').replace(/^[\s-]*\w+\.\w+\.\w+:/gm, '');
  return new Set(folders.flatMap(filesBelow).flatMap((file) => text(file).match(word) ?? []));
}

/** The names that tasks give to what they include, below `vars`. */
function givenIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(givenIn);
  if (typeof value !== 'object' || value === null) return [];
  const { vars } = value as { vars?: object };
  return [...Object.keys(vars ?? {}), ...Object.values(value).flatMap(givenIn)];
}

function ownOf(role: string): Set<string> {
  const file = join(ROLES, role, 'vars/main.yml');
  const own = existsSync(file) ? Object.keys(parse(readFileSync(file, 'utf8')) as object) : [];
  const tasks = ['tasks', 'handlers'].flatMap((name) => filesBelow(join(ROLES, role, name)));
  const given = tasks.flatMap((file) => givenIn(parse(readFileSync(file, 'utf8'))));
  const named = /(?:register: |loop_var: |set_fact:\s+)(\w+)/g;
  const registered = tasks.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(named)].map((m) => m[1]!),
  );
  return new Set([...own, ...registered, ...given]);
}

const wordsOf = (text: string): string[] => text.match(/\w+/g) ?? [];

type Preflight = { 'ansible.builtin.assert'?: { that: string | string[]; fail_msg?: string } };

/** The options that a role's preflight asks about and that its message, as a user reads it, does not name. */
function unnamedIn(role: string, options: string[]): string[] {
  const tasks = parse(readFileSync(join(ROLES, role, 'tasks/main.yml'), 'utf8')) as Preflight[];
  return tasks.flatMap(({ 'ansible.builtin.assert': asserted }) => {
    const asked = wordsOf([asserted?.that ?? []].flat().join('\n'));
    // A variable in braces is printed as its value.
    const told = wordsOf((asserted?.fail_msg ?? '').replace(/\{\{.*?\}\}/gs, ''));
    return options.filter((name) => asked.includes(name) && !told.includes(name));
  });
}

for (const role of names) {
  const spec: Spec = readSpec(join(ROLES, role));
  const read = (path: string) => readFileSync(join(ROLES, role, path), 'utf8');

  test(`${role}: the defaults are those of the specification`, () => {
    assert.is(read('defaults/main.yml'), defaultsFile(spec), 'npm run roles makes them anew');
  });

  test(`${role}: the README's table is that of the specification`, () => {
    assert.is(read('README.md'), withTable(read('README.md'), spec), 'npm run roles makes it anew');
  });

  test(`${role}: the preflight names each option that it asks about`, () => {
    const options = Object.keys(spec.options).filter((name) => name !== `${prefixOf(role)}state`);
    assert.equal(unnamedIn(role, options), []);
  });

  test(`${role}: every option says what it is`, () => {
    for (const [name, option] of Object.entries(spec.options)) {
      assert.ok(name.startsWith(prefixOf(role)), `${name} does not begin with the role's name`);
      assert.ok(option.required || option.default !== undefined, `${name} has no default`);
      documented(option, name);
    }
    assert.equal(spec.options[`${prefixOf(role)}state`]?.choices, ['present', 'absent']);
  });

  test(`${role}: its files speak of no variable that is not specified`, () => {
    const known = new Set([...Object.keys(spec.options), ...ownOf(role)]);
    const unknown = [...spokenOf(role)].filter((name) => !known.has(name));
    assert.equal(unknown, []);
    const spoken = spokenOf(role);
    const idle = Object.keys(spec.options).filter((name) => !spoken.has(name));
    assert.equal(idle, [], 'options that nothing reads');
  });

  test(`${role}: it looks before it changes anything`, () => {
    const [first, second] = parse(read('tasks/main.yml')) as Record<string, unknown>[];
    assert.ok(first?.['ansible.builtin.assert'], 'the first task is an assert');
    assert.ok(second?.['ansible.builtin.include_tasks'], 'the second one goes by the state');
  });
}

test('a default that YAML 1.1 reads as something else is quoted', () => {
  const text = defaultsFile({
    short_description: 'x',
    options: { x_on: { type: 'str', default: 'no', description: 'X.' } },
  });
  assert.match(text, /x_on: "no"/);
});

test('a README without its marks is refused', () => {
  assert.throws(() => withTable('# x', { short_description: 'x', options: {} }), /has no lines/);
});

test.run();
