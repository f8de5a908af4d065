import { parseArgs } from 'node:util';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';

/** What `ffe-provision lab` can do. */
export const ACTIONS = ['up', 'down', 'status', 'ssh', 'reset', 'reboot'] as const;
type Action = (typeof ACTIONS)[number];

/** The command line of `ffe-provision lab`, understood. `words` are node names, for ssh the node and the command. */
export type LabArguments = {
  action: Action;
  words: string[];
  inventory: string;
  name?: string;
  limit: string[];
  install: boolean;
  suite?: string;
  image?: string;
  include?: string[];
};

const OPTIONS = {
  inventory: { type: 'string', short: 'i' },
  limit: { type: 'string', short: 'l', multiple: true },
  name: { type: 'string' },
  install: { type: 'boolean' },
  suite: { type: 'string' },
  image: { type: 'string' },
  include: { type: 'string', multiple: true },
} as const;

function usage(message: string): FfeError {
  return new FfeError('usage', message, { hint: "see 'ffe-provision lab --help'" });
}

/** Splits off the words of a remote command, which are not ours to read: what follows the node's name. */
function splitCommand(args: readonly string[]): [string[], string[]] {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words = tokens.filter((token) => token.kind === 'positional');
  const node = words[0]?.value === 'ssh' ? words[1] : undefined;
  return node ? [args.slice(0, node.index + 1), args.slice(node.index + 1)] : [[...args], []];
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

const list = (values: readonly string[] | undefined) =>
  values?.flatMap((v) => v.split(/[,:]/)).filter(Boolean);

/** Reads the command line; FfeError 'usage' says what is wrong with it. */
export function labArguments(args: readonly string[]): LabArguments {
  const [own, command] = splitCommand(args);
  const { values, positionals } = parse(own);
  const [action = '', ...words] = positionals;
  const known = ACTIONS.find((candidate) => candidate === action);
  if (!known) {
    throw usage(action ? `unknown action '${action}'${didYouMean(action, ACTIONS)}` : 'lab needs an action');
  }
  if (known === 'ssh' && words.length === 0) throw usage('lab ssh needs the name of a node');
  if (values.image && !['minimal', 'python'].includes(values.image)) {
    throw usage(`--image is minimal or python, found '${values.image}'`);
  }
  const include = list(values.include);
  return {
    action: known,
    words: [...words, ...command],
    inventory: values.inventory ?? 'inventory/lab.yml',
    limit: list(values.limit) ?? [],
    install: values.install ?? false,
    ...(values.name ? { name: values.name } : {}),
    ...(values.suite ? { suite: values.suite } : {}),
    ...(values.image ? { image: values.image } : {}),
    ...(include ? { include } : {}),
  };
}
