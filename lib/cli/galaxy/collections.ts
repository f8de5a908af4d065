import * as fs from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';
import { parseYaml } from '../../yaml/load.js';
import { obtained, place } from './obtain.js';
import { type Requirement, requirementOf, wordWanted } from './requirement.js';
import type { Installing } from './roles.js';

type Dict = ReadonlyMap<Value, Raw>;

/** What a collection says of itself, and what it needs: names with ranges of versions, or addresses. */
export type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly needs: ReadonlyMap<string, string>;
};

function dictIn(value: Raw | undefined): Dict {
  return value instanceof Map ? (value as Dict) : new Map();
}

/** Reads MANIFEST.json (of what was built) or galaxy.yml (of a source tree); undefined where there is neither. */
export function readManifest(dir: string): Manifest | undefined {
  const file = ['MANIFEST.json', 'galaxy.yml']
    .map((name) => join(dir, name))
    .find((path) => fs.existsSync(path));
  if (file === undefined) return undefined;
  const root = dictIn(parseYaml(fs.readFileSync(file, 'utf8'), file));
  const info = root.has('collection_info') ? dictIn(root.get('collection_info')) : root;
  const part = (key: string): string => (info.get(key) === undefined ? '' : str(info.get(key) as Value));
  const needs = [...dictIn(info.get('dependencies'))].map(([k, v]) => [str(k), str(v as Value)] as const);
  return { name: `${part('namespace')}.${part('name')}`, version: part('version'), needs: new Map(needs) };
}

const folderOf = (path: string, name: string): string =>
  join(path, 'ansible_collections', ...name.split('.'));

function collectionsIn(dir: string): string[] {
  if (readManifest(dir)) return [dir];
  const inner = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return inner.map(({ name }) => join(dir, name)).filter((path) => readManifest(path) !== undefined);
}

function install(dir: string, version: string, requirement: Requirement, installing: Installing): Manifest {
  const manifest = readManifest(dir)!;
  if (!/^\w+\.\w+$/.test(manifest.name))
    throw new FfeError('bad-value', `'${manifest.name}' is no name of a collection`, {
      pos: requirement.pos,
    });
  const to = folderOf(installing.path, manifest.name);
  const there = readManifest(to);
  const wanted = manifest.version || version || '*';
  if (there && !installing.force && there.version === manifest.version) {
    installing.say(`'${manifest.name}:${there.version}' is already installed, skipping.\n`);
    return manifest;
  }
  installing.say(`Installing '${manifest.name}:${wanted}' to '${to}'\n`);
  place(dir, to);
  installing.say(`${manifest.name}:${wanted} was installed successfully\n`);
  return manifest;
}

function satisfied({ kind, way, source }: Requirement, { path }: Installing): boolean {
  return kind === 'collection' && way === 'galaxy' && readManifest(folderOf(path, source)) !== undefined;
}

/** Installs a collection, or all that lie in one folder or repository, and what they need. Throws an FfeError. */
export async function installCollection(requirement: Requirement, installing: Installing): Promise<void> {
  if (!installing.force && satisfied(requirement, installing)) {
    installing.say(`'${requirement.source}' is already installed, skipping.\n`);
    return;
  }
  const done = await obtained(requirement, installing, ({ dir, version }) => {
    const found = collectionsIn(dir);
    if (found.length === 0)
      throw new FfeError('not-found', `${requirement.source} holds no collection`, {
        pos: requirement.pos,
        notes: ['looked for MANIFEST.json and galaxy.yml'],
      });
    return found.map((one) => install(one, version, requirement, installing));
  });
  if (!installing.dependencies) return;
  for (const { name, needs } of done)
    for (const [source, version] of needs) {
      const needed = requirementOf(
        'collection',
        { ...wordWanted('collection', source), version },
        installing.path,
      );
      if (fs.existsSync(folderOf(installing.path, source))) continue;
      if (needed.way === 'galaxy')
        installing.warn(
          `- ${name} needs the collection '${source}' (${version}), which only a Galaxy server could give`,
        );
      else await installCollection(needed, { ...installing, force: false });
    }
}
