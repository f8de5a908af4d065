import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { statOf } from '../values/stat.js';
import type { Filter, Library, Lookup, Test } from './library.js';
import { isPlugin, type Plugin } from './plugin.js';

/** The filters, tests and lookups of a run, to which folders of plug-ins can be added. */
export type Plugins = {
  readonly library: Library;
  /** Adds `filter_plugins`, `test_plugins` and `lookup_plugins` of a playbook's or role's folder, and of `collections` in it. */
  readonly beside: (dir: string) => void;
  /** Adds a folder of plug-ins of one kind, as the configuration names them. */
  readonly folder: (dir: string, kind: Plugin['plugin']) => void;
  /** Adds the plug-ins of every collection below a folder that holds `ansible_collections`. */
  readonly collections: (dir: string) => void;
};

type Kind = Plugin['plugin'];
const KINDS: readonly Kind[] = ['filter', 'test', 'lookup'];

function namesIn(dir: string): string[] {
  return statOf(dir)?.isDirectory() ? readdirSync(dir).sort() : [];
}

/** Whether a Python plug-in's text names a function: by its file, or as a key of what it registers. */
function mentions(file: string, name: string): boolean {
  if (basename(file, '.py') === name) return true;
  const text = readFileSync(file, 'utf8');
  return text.includes(`'${name}'`) || text.includes(`"${name}"`);
}

function pluginsOf(file: string, exported: Readonly<Record<string, unknown>>): Plugin[] {
  const found = Object.values(exported).filter(isPlugin);
  if (found.length > 0) return [...new Set(found)];
  throw new FfeError('bad-value', 'this file exports no plug-in', {
    pos: { file, line: 1, col: 1 },
    hint: "export default defineFilters({ ... }), defineTests or defineLookups, from 'ffe-provision'",
  });
}

/**
 * A library that plug-ins of users are added to. `load` gives the exports of a TypeScript file; plug-ins win over what
 * comes with the program, as in Ansible. Python's are only known by name, for the error when one is wanted.
 */
export function createPlugins(base: Library, load: (file: string) => Record<string, unknown>): Plugins {
  const python: Record<Kind, string[]> = { filter: [], test: [], lookup: [] };
  const seen = new Set<string>();
  const maps = {
    filter: new Map<string, Filter>(base.filters),
    test: new Map<string, Test>(base.tests),
    lookup: new Map<string, Lookup>(base.lookups),
  };
  const take = (plugin: Plugin, prefix: string): void => {
    const map = maps[plugin.plugin] as Map<string, unknown>;
    for (const [name, run] of plugin.functions) map.set(prefix + name, run);
  };
  const folder = (dir: string, kind: Kind, prefix: string): void => {
    if (seen.has(dir)) return;
    seen.add(dir);
    for (const name of namesIn(dir)) {
      const file = join(dir, name);
      if (name.endsWith('.py')) python[kind].push(file);
      else if (name.endsWith('.ts') && !name.endsWith('.d.ts'))
        for (const plugin of pluginsOf(file, load(file))) take(plugin, prefix);
    }
  };
  const collections = (dir: string): void => {
    const root = join(dir, 'ansible_collections');
    for (const space of namesIn(root))
      for (const name of namesIn(join(root, space)))
        for (const kind of KINDS) folder(join(root, space, name, 'plugins', kind), kind, `${space}.${name}.`);
  };
  const explain = (kind: Kind, name: string): string | undefined => {
    const short = name.slice(name.lastIndexOf('.') + 1);
    const file = python[kind].find((f) => mentions(f, short));
    return (
      file && `${file} is a Python plug-in, which is not run: write it in TypeScript as ${short}.ts beside it`
    );
  };
  return {
    library: { filters: maps.filter, tests: maps.test, lookups: maps.lookup, explain },
    beside: (dir) => {
      for (const kind of KINDS) folder(join(dir, `${kind}_plugins`), kind, '');
      collections(join(dir, 'collections'));
    },
    folder: (dir, kind) => folder(dir, kind, ''),
    collections,
  };
}
