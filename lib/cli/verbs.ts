import { existsSync } from 'node:fs';
import { FfeError } from '../errors/error.js';
import { nearest } from '../errors/suggest.js';
import type { Io } from './io.js';

/** Runs a verb with the words behind it; answers the exit code. */
type Verb = (args: string[], io: Io) => Promise<number>;

/** Verbs other than running playbooks; each is loaded only when it is called, so that the program starts fast. */
export const VERBS: Readonly<Record<string, Verb>> = {
  config: async (args, io) => (await import('./config.js')).configVerb(args, io),
  doc: async (args, io) => (await import('./doc.js')).doc(args, io),
  inventory: async (args, io) => (await import('./inventory.js')).inventoryVerb(args, io),
  lab: async (args) => (await import('./lab.js')).lab(args),
  secrets: async (args, io) => (await import('./secrets.js')).secretsVerb(args, io),
  schema: async (args, io) => (await import('./schema.js')).schema(args, io),
  vars: async (args, io) => (await import('./vars.js')).varsVerb(args, io),
  galaxy: async (args, io) => (await import('./galaxy.js')).galaxyVerb(args, io),
  install: async (args, io) => (await import('./galaxy.js')).installVerb(args, io),
  pull: async (args, io) => (await import('./pull.js')).pullVerb(args, io),
  vault: async (args, io) => (await import('./vault.js')).vaultVerb(args, io),
  console: async (args, io) => (await import('./console.js')).consoleVerb(args, io),
  exec: async (args, io) => (await import('./exec.js')).execVerb(args, io),
  render: async (args) => (await import('./render.js')).render(args),
};

/**
 * The verb that a command line begins with; undefined when it names playbooks. Throws code 'usage' for a word that is
 * no file and nearly a verb.
 */
export function verbOf(first: string): Verb | undefined {
  if (Object.hasOwn(VERBS, first)) return VERBS[first];
  if (!/^\w+$/.test(first) || existsSync(first)) return undefined;
  const near = nearest(first, Object.keys(VERBS));
  if (near === undefined) return undefined;
  throw new FfeError('usage', `'${first}' is neither a verb nor a playbook (did you mean '${near}'?)`, {
    hint: `ffe-provision ${near} --help`,
  });
}

/** The verb behind one of Ansible's programs. Throws code 'unsupported' where nothing does its work. */
export function verbNamed(verb: string, program: string): Verb {
  if (Object.hasOwn(VERBS, verb)) return VERBS[verb]!;
  throw new FfeError('unsupported', `nothing here does the work of ${program}`, {
    hint: `there is: ${Object.keys(VERBS).join(', ')}`,
  });
}
