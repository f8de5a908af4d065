import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { type ImageRef, SUITE } from './recipe.js';

/** One node: its inventory name and its IPv4 address. */
export type LabNode = { readonly name: string; readonly address: string };

/** A lab that exists. All paths are of this machine; `prefix` is the first three numbers of its /24 network. */
export type Lab = {
  readonly name: string;
  readonly prefix: string;
  readonly nodes: readonly LabNode[];
  readonly image: ImageRef;
  readonly dir: string;
  /** Private key of root, admin and operator on every node. */
  readonly keyFile: string;
  /** The nodes' host keys, known before the first boot. */
  readonly knownHosts: string;
  /** Holds the password of `operator`, whose sudo asks for it. */
  readonly passwordFile: string;
};

/** What the state folder remembers. */
export type LabRecord = Pick<Lab, 'name' | 'prefix' | 'nodes' | 'image'>;

const ROOT = (env = process.env) =>
  env.XDG_STATE_HOME ? join(env.XDG_STATE_HOME, 'ffe-provision', 'lab') : '/var/lib/ffe-provision/lab';

/** Where a lab of that name keeps its state unless told otherwise. */
export function defaultDir(name: string): string {
  return join(ROOT(), name.replace(/[^\w.-]/g, '_'));
}

/** The network's short name, used in names of interfaces, tables and groups: its three numbers in hexadecimal. */
export function networkId(prefix: string): string {
  return hex(prefix);
}

function hex(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('');
}

/** Names of the things on this machine that belong to a node; `machine` keeps the interface's name within 15 letters. */
export function namesOf(lab: Pick<Lab, 'prefix' | 'dir'>, node: LabNode) {
  const machine = hex(node.address);
  const dir = join(lab.dir, 'nodes', node.name);
  return {
    machine,
    link: `vb-${machine}`,
    group: `ffe-${networkId(lab.prefix)}/${machine}`,
    dir,
    root: join(dir, 'root'),
    upper: join(dir, 'upper'),
    work: join(dir, 'work'),
    docker: join(dir, 'docker'),
    console: join(dir, 'console.log'),
    hostKey: join(lab.dir, 'host-keys', node.name),
  };
}

/** A lab from what its folder remembers. */
export function labFrom(dir: string, record: LabRecord): Lab {
  const { name, prefix, nodes, image } = record;
  return {
    name,
    prefix,
    nodes,
    image,
    dir,
    keyFile: join(dir, 'key'),
    knownHosts: join(dir, 'known_hosts'),
    passwordFile: join(dir, 'operator-password'),
  };
}

/** The lab whose state is in that folder; undefined when there is none. */
export function loadLab(dir: string): Lab | undefined {
  const file = join(dir, 'lab.json');
  if (!existsSync(file)) return undefined;
  const record = JSON.parse(readFileSync(file, 'utf8')) as LabRecord;
  // A lab from before there was a choice runs the default release.
  return labFrom(dir, { ...record, image: { ...record.image, suite: record.image.suite ?? SUITE } });
}

/** Writes a file so that a crash leaves the old one or the new one. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}

/** Remembers a lab in its folder. */
export function saveLab(lab: Lab): void {
  const { name, prefix, nodes, image } = lab;
  mkdirSync(lab.dir, { recursive: true, mode: 0o700 });
  writeWhole(join(lab.dir, 'lab.json'), `${JSON.stringify({ name, prefix, nodes, image }, null, 2)}\n`);
}

/** The node of that name; FfeError 'unknown-name' when the lab has none. */
export function nodeNamed(lab: Pick<Lab, 'name' | 'nodes'>, name: string): LabNode {
  const node = lab.nodes.find((candidate) => candidate.name === name);
  if (node) return node;
  const names = lab.nodes.map((candidate) => candidate.name);
  throw new FfeError(
    'unknown-name',
    `the lab '${lab.name}' has no node '${name}'${didYouMean(name, names)}`,
    {
      notes: [`its nodes: ${names.join(', ')}`],
    },
  );
}
