import * as fs from 'node:fs';
import { join } from 'node:path';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';
import { readYaml } from '../../yaml/file.js';
import { installedVersion } from './roles.js';

type Dict = ReadonlyMap<Value, Raw>;

function metaOf(dir: string): Dict {
  const file = ['main.yml', 'main.yaml']
    .map((name) => join(dir, 'meta', name))
    .find((path) => fs.existsSync(path));
  const meta = file === undefined ? undefined : readYaml(file);
  return meta instanceof Map ? (meta as Dict) : new Map();
}

const shown = (value: Raw | undefined): string => str(value as Value);

function rows(dict: Dict, indent: string, leave: readonly string[] = []): string[] {
  return [...dict]
    .map(([key, value]) => [str(key), value] as const)
    .filter(([key]) => !leave.includes(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) =>
      value instanceof Map
        ? [`${indent}${key}:`, ...rows(value as Dict, `${indent}\t`)]
        : [`${indent}${key}: ${shown(value)}`],
    );
}

/** What the meta file of an installed role says, as ansible-galaxy prints it; undefined where no folder has the role. */
function infoOf(paths: readonly string[], name: string): string | undefined {
  const dir = paths.map((path) => join(path, name)).find((path) => fs.existsSync(path));
  if (dir === undefined) return undefined;
  const meta = metaOf(dir);
  const galaxy = meta.get('galaxy_info');
  const own = galaxy instanceof Map ? (galaxy as Dict) : new Map<Value, Raw>();
  const description = meta.get('description') ?? own.get('description') ?? '';
  const version = installedVersion(dir);
  const facts = new Map<Value, Raw>(meta);
  facts.delete('description');
  if (version !== undefined) facts.set('installed_version', version);
  const info = galaxy === undefined ? facts : new Map(facts).set('galaxy_info', withoutDescription(own));
  const lines = [
    `Role: ${name}`,
    `\tdescription: ${shown(description)}`,
    ...rows(info, '\t'),
    `\tpath: ${dir}`,
  ];
  return `${lines.join('\n')}\n`;
}

function withoutDescription(galaxy: Dict): Map<Value, Raw> {
  const rest = new Map(galaxy);
  rest.delete('description');
  return rest;
}

/** What is known here of some roles, one after the other; a role that no folder has is named as such. */
export function roleInfo(paths: readonly string[], names: readonly string[]): string {
  return names.map((name) => `\n${infoOf(paths, name) ?? `- the role ${name} was not found\n`}`).join('');
}
