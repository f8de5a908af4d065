import * as fs from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { keyPos, type Pos } from '../../values/position.js';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';
import { readYaml } from '../../yaml/file.js';
import { obtained, place } from './obtain.js';
import { type Requirement, requirementOf, wordWanted } from './requirement.js';
import { readRequirements } from './requirements-file.js';

const INFO = 'meta/.galaxy_install_info';

/** Where to install and what to say. */
export type Installing = {
  readonly path: string;
  readonly force: boolean;
  readonly dependencies: boolean;
  /** Servers of git repositories are believed whatever their certificate says. */
  readonly anyCertificate: boolean;
  readonly say: (text: string) => void;
  readonly warn: (text: string) => void;
};

/** The version that was installed into a folder; undefined when nothing says. */
export function installedVersion(dir: string): string | undefined {
  const file = join(dir, INFO);
  if (!fs.existsSync(file)) return undefined;
  const info = readYaml(file);
  const version = info instanceof Map ? (info as Map<Value, Raw>).get('version') : undefined;
  return version === undefined || version === null ? undefined : str(version as Value);
}

function note(dir: string, version: string): void {
  fs.mkdirSync(join(dir, 'meta'), { recursive: true });
  fs.writeFileSync(
    join(dir, INFO),
    `install_date: '${new Date().toISOString()}'\nversion: ${JSON.stringify(version)}\n`,
  );
}

function fromMeta(dir: string, base: string): Requirement[] {
  const file = ['main.yml', 'main.yaml']
    .map((name) => join(dir, 'meta', name))
    .find((path) => fs.existsSync(path));
  const meta = file === undefined ? null : readYaml(file);
  const list = meta instanceof Map ? (meta as Map<Value, Raw>).get('dependencies') : undefined;
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw noList(keyPos(meta as Map<Value, Raw>, 'dependencies') ?? start(file!));
  return (list as Raw[]).flatMap((item) => {
    const dict = item instanceof Map ? (item as Map<Value, Raw>) : undefined;
    const word = dict ? (dict.get('src') ?? dict.get('role') ?? dict.get('name')) : item;
    if (word === undefined || word === null) return [];
    const part = (key: string) => (dict?.get(key) === undefined ? undefined : str(dict.get(key) as Value));
    const given = wordWanted('role', str(word as Value));
    const named = dict?.has('src') ? part('name') : given.name;
    return [
      requirementOf(
        'role',
        { ...given, version: part('version') ?? given.version, scm: part('scm'), name: named },
        base,
      ),
    ];
  });
}

const start = (file: string): Pos => ({ file, line: 1, col: 1 });

function noList(pos: Pos): FfeError {
  return new FfeError('bad-value', 'Expected role dependencies to be a list.', { pos });
}

/** What a role needs: its meta's dependencies, and meta/requirements.yml. Their paths start from where the role came from. */
function dependenciesOf(dir: string, { way, source }: Requirement): Requirement[] {
  const file = join(dir, 'meta', 'requirements.yml');
  // A role's own requirements are roles: the dict of roles and collections is for a project.
  if (fs.existsSync(file) && !Array.isArray(readYaml(file) ?? [])) throw noList(start(file));
  return [
    ...fromMeta(dir, way === 'folder' ? source : dir),
    ...(fs.existsSync(file) ? readRequirements(file) : []),
  ];
}

/** Whether a role is there already, as wanted; says so. */
function settled(
  requirement: Requirement,
  dir: string,
  name: string,
  { force, say, warn }: Installing,
): boolean {
  if (force || !fs.existsSync(dir)) return false;
  const there = installedVersion(dir) ?? '';
  const wanted = requirement.version ?? there;
  if (wanted === there) say(`- ${name}${there ? ` (${there})` : ''} is already installed, skipping.\n`);
  else
    warn(
      `- ${name} (${there || 'unspecified'}) is already installed - use --force to change version to ${wanted}`,
    );
  return true;
}

/** Installs a role and what it needs; roles that are there already stay. Throws an FfeError. */
export async function installRole(requirement: Requirement, installing: Installing): Promise<void> {
  const name = requirement.name!;
  const dir = join(installing.path, name);
  if (settled(requirement, dir, name, installing)) return;
  await obtained(requirement, installing, (got) => {
    // Looked at before anything is put in place. Paths among them start from where the role came from, or will be.
    if (installing.dependencies) dependenciesOf(got.dir, requirement);
    installing.say(`- extracting ${name} to ${dir}\n`);
    place(got.dir, dir);
    note(dir, got.version);
    installing.say(`- ${name}${got.version ? ` (${got.version})` : ''} was installed successfully\n`);
  });
  if (!installing.dependencies) return;
  for (const needed of dependenciesOf(dir, requirement).filter((one) => one.kind === 'role')) {
    if (fs.existsSync(join(installing.path, needed.name!))) {
      installing.say(`- dependency ${needed.name} is already installed, skipping.\n`);
    } else if (needed.way === 'galaxy') {
      installing.warn(`- ${name} needs the role '${needed.source}', which only a Galaxy server could give`);
    } else {
      installing.say(`- adding dependency: ${needed.name}\n`);
      await installRole(needed, { ...installing, force: false });
    }
  }
}
