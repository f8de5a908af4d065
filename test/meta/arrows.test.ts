import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { type Source, sources } from './source.js';

const ARROWS = parse(readFileSync('test/meta/arrows.yml', 'utf8')) as Record<string, string[]>;
const LIB = sources('lib');

const inside = (path: string, part: string) => path === `lib/${part}.ts` || path.startsWith(`lib/${part}/`);

function partOf(path: string): string | undefined {
  const fitting = Object.keys(ARROWS).filter((part) => inside(path, part));
  return fitting.sort((a, b) => b.length - a.length)[0];
}

function forbidden({ path, imports }: Source): string[] {
  const part = partOf(path);
  if (part === undefined) return [`${path}: its folder is not in test/meta/arrows.yml`];
  const allowed = [part, ...ARROWS[part]!];
  const wrong = imports.filter(
    ({ from }) => from.startsWith('lib/') && !allowed.some((to) => inside(from, to)),
  );
  return wrong.map(({ from }) => `${path} imports ${from}`);
}

function cycles(files: readonly Source[]): string[] {
  const graph = new Map(files.map((f) => [f.path, f.imports.filter((i) => !i.type).map((i) => i.from)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: string[]) => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(' -> '));
    if (way.includes(path) || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

test('imports follow the arrows between the folders', () => {
  assert.equal(LIB.flatMap(forbidden), []);
});

test('the table names only parts that a part may be named by', () => {
  const parts = Object.keys(ARROWS);
  const unknown = Object.values(ARROWS)
    .flat()
    .filter((to) => !parts.includes(to.split('/')[0]!));
  assert.equal(unknown, []);
});

test('the arrows of the table go downward only', () => {
  const parts = Object.keys(ARROWS);
  const upward = parts.flatMap((part, i) =>
    ARROWS[part]!.filter((to) => parts.indexOf(to.split('/')[0]!) >= i).map((to) => `${part} -> ${to}`),
  );
  assert.equal(upward, []);
});

test('every import of our own leads to a file', () => {
  const all = ['lib', 'test', 'scripts'].flatMap(sources);
  const paths = new Set(all.map((f) => f.path));
  const real = (path: string) => paths.has(path) || existsSync(path.replace(/\.ts$/, '.js'));
  const lost = all.flatMap((f) =>
    f.imports.filter((i) => i.from.endsWith('.ts') && !real(i.from)).map((i) => `${f.path}: ${i.from}`),
  );
  assert.equal(lost, []);
});

test('there are no import cycles', () => {
  assert.equal(cycles(LIB), []);
});

test('a cycle is seen', () => {
  const file = (path: string, from: string): Source => ({
    path,
    text: '',
    lines: [],
    imports: [{ from, type: false }],
  });
  assert.equal(cycles([file('a', 'b'), file('b', 'a')]), ['a -> b -> a']);
});

test.run();
