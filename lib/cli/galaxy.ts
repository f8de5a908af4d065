import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { loadConfig } from './config/config.js';
import { installCollection } from './galaxy/collections.js';
import { listCollections, listRoles, removeRole } from './galaxy/installed.js';
import { type Requirement, requirementOf, wordWanted } from './galaxy/requirement.js';
import { readRequirements } from './galaxy/requirements-file.js';
import { roleInfo } from './galaxy/role-info.js';
import { type Installing, installRole } from './galaxy/roles.js';
import { makeSkeleton } from './galaxy/skeleton.js';
import { type Io, processIo } from './io.js';
import { type Given, type Option, parseOptions } from './parse-flags.js';

type Kind = Requirement['kind'];

const OPTIONS = {
  roleFile: {
    names: ['role-file', 'requirements-file'],
    short: 'r',
    value: 'FILE',
    doc: 'a file of requirements',
  },
  rolesPath: { names: ['roles-path'], short: 'p', value: 'FOLDER', doc: 'where roles (or collections) go' },
  collectionsPath: { names: ['collections-path'], value: 'FOLDER', doc: 'where collections go' },
  initPath: { names: ['init-path'], value: 'FOLDER', doc: 'where a new one is made' },
  force: { names: ['force'], short: 'f', doc: 'replace what is there' },
  forceWithDeps: { names: ['force-with-deps'], doc: 'replace what is there, and what it needs' },
  noDeps: { names: ['no-deps'], short: 'n', doc: 'leave out what it needs' },
  ignoreErrors: { names: ['ignore-errors'], short: 'i', doc: 'go on with the next one after an error' },
  upgrade: { names: ['upgrade'], short: 'U', doc: 'replace what is there' },
  ignoreCerts: {
    names: ['ignore-certs'],
    short: 'c',
    doc: 'take git repositories from servers whose certificate cannot be verified',
  },
  offline: { names: ['offline'], doc: 'accepted: no server is ever asked' },
  verbose: { names: ['verbose'], short: 'v', many: true, doc: 'accepted: there is no more to say' },
  debug: { names: ['debug'], doc: 'stacks of errors' },
  help: { names: ['help'], short: 'h', doc: 'print this help' },
} as const satisfies Readonly<Record<string, Option>>;
type Words = Given<keyof typeof OPTIONS>;

const VERBS = ['install', 'list', 'info', 'init', 'remove'] as const;

function help(command: string): string {
  const rows = Object.values<Option>(OPTIONS).map(({ names, short, value, doc }) => {
    const long = `--${names[0]}${value ? ` ${value}` : ''}`;
    return `  ${`${short ? `-${short}, ` : '    '}${long}`.padEnd(28)} ${doc}`;
  });
  return `usage: ${command} [role|collection] ${VERBS.join('|')} [options] [NAME ...]

Installs roles and collections from folders, archives and git repositories:

  ${command} install                          what requirements.yml names
  ${command} role install -p roles git+https://example.org/motd.git,v1.2
  ${command} collection install ./collections/site

Options:
${rows.join('\n')}
`;
}

const home = (path: string): string => resolve(path.replace(/^~(?=\/|$)/, homedir()));

/** Folders where roles or collections are looked for; the first one is where they go. */
function pathsOf(kind: Kind, given: Words): string[] {
  const own =
    kind === 'collection'
      ? (given.text('collectionsPath') ?? given.text('rolesPath'))
      : given.text('rolesPath');
  if (own !== undefined) return own.split(':').map(home);
  return loadConfig()
    .texts(kind === 'role' ? 'DEFAULT_ROLES_PATH' : 'COLLECTIONS_PATHS')
    .map(home);
}

/** A path of collections ends before `ansible_collections`, with which people tend to end it. */
const trimmed = (path: string): string => path.replace(/\/ansible_collections\/?$/, '');

function wanted(kind: Kind | undefined, given: Words): Requirement[] {
  const file =
    given.text('roleFile') ??
    (given.words.length === 0 && existsSync('requirements.yml') ? 'requirements.yml' : undefined);
  if (file === undefined && given.words.length === 0)
    throw new FfeError('usage', 'say what to install', { hint: 'a name, or -r requirements.yml' });
  const named = given.words.map((word) =>
    requirementOf(kind ?? 'role', wordWanted(kind ?? 'role', word), process.cwd()),
  );
  const listed = file === undefined ? [] : readRequirements(resolve(file));
  return [...listed.filter((one) => kind === undefined || one.kind === kind), ...named];
}

async function installOne(requirement: Requirement, given: Words, io: Io): Promise<void> {
  const { kind } = requirement;
  const [path = '.'] = pathsOf(kind, given);
  const installing: Installing = {
    path: kind === 'collection' ? trimmed(path) : path,
    force: given.on('force') || given.on('forceWithDeps') || given.on('upgrade'),
    dependencies: !given.on('noDeps'),
    anyCertificate: given.on('ignoreCerts'),
    say: io.out,
    warn: (text) => io.err(`[WARNING]: ${text}\n`),
  };
  await (kind === 'role' ? installRole : installCollection)(requirement, installing);
}

async function install(kind: Kind | undefined, given: Words, io: Io): Promise<number> {
  const all = wanted(kind, given);
  const roles = all.filter((one) => one.kind === 'role');
  const collections = all.filter((one) => one.kind === 'collection');
  if (roles.length > 0 && kind === undefined && collections.length > 0)
    io.out('Starting galaxy role install process\n');
  for (const one of [...roles, ...collections]) {
    if (one === collections[0]) io.out('Starting galaxy collection install process\n');
    try {
      await installOne(one, given, io);
    } catch (error) {
      if (!given.on('ignoreErrors') || !(error instanceof FfeError)) throw error;
      io.err(`[WARNING]: ${error.message}\n`);
    }
  }
  return 0;
}

function act(verb: string, kind: Kind | undefined, given: Words, io: Io): Promise<number> | number {
  const [name] = given.words;
  if (verb === 'install') return install(kind, given, io);
  if (verb === 'list')
    io.out(
      kind === 'collection'
        ? listCollections(pathsOf(kind, given).map(trimmed), name)
        : listRoles(pathsOf('role', given), name),
    );
  else if (name === undefined) throw new FfeError('usage', `say which ${kind ?? 'role'} to ${verb}`);
  else if (verb === 'info' && kind !== 'collection') io.out(roleInfo(pathsOf('role', given), given.words));
  else if (verb === 'info') throw new FfeError('usage', 'info is about roles', { hint: 'collection list' });
  else if (verb === 'init')
    io.out(makeSkeleton(kind ?? 'role', name, given.text('initPath') ?? '.', given.on('force')));
  else if (kind === 'collection')
    throw new FfeError('unsupported', 'collections are not removed here', { hint: 'remove the folder' });
  else for (const role of given.words) io.out(removeRole(pathsOf('role', given), role));
  return 0;
}

/**
 * The verb `galaxy`, and the program ansible-galaxy: installs, lists, makes and removes roles and collections. Answers
 * the exit code; throws an FfeError.
 */
export async function galaxyVerb(
  args: readonly string[],
  io: Io = processIo(),
  command = 'ffe-provision galaxy',
): Promise<number> {
  const words = [...args];
  const kind = words[0] === 'role' || words[0] === 'collection' ? (words.shift() as Kind) : undefined;
  const verb = words.shift() ?? '--help';
  if (verb === '-h' || verb === '--help') {
    io.out(help(command));
    return 0;
  }
  if (!(VERBS as readonly string[]).includes(verb))
    throw new FfeError('usage', `'${verb}' is nothing that ${command} does${didYouMean(verb, VERBS)}`, {
      hint: VERBS.join(', '),
    });
  const given: Words = parseOptions(OPTIONS, words, command);
  if (!given.on('help')) return act(verb, kind, given, io);
  io.out(help(command));
  return 0;
}

/** The verb `install`: what requirements.yml, or the words, name. */
export function installVerb(args: readonly string[], io: Io = processIo()): Promise<number> {
  return galaxyVerb(['install', ...args], io);
}
