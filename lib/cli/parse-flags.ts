import { parseArgs } from 'node:util';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { FLAGS, type Flag, type FlagName } from './flags.js';

/** An option of any command line; only those of a run say in which group of the help they stand. */
export type Option = Omit<Flag, 'group'>;

/** What was given: texts by option, switches that are on, and the other words (a run's playbooks). */
export type Given<Name extends string = FlagName> = {
  readonly text: (name: Name) => string | undefined;
  readonly texts: (name: Name) => readonly string[];
  readonly on: (name: Name) => boolean;
  readonly count: (name: Name) => number;
  readonly words: readonly string[];
};

/** A table of options, and what its errors call the command. */
type Table = { readonly all: readonly Option[]; readonly command: string };

function spelling({
  all,
}: Table): Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> {
  const out: Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> = {};
  for (const flag of all)
    flag.names.forEach((name, i) => {
      out[name] = {
        type: flag.value ? 'string' : 'boolean',
        multiple: true,
        ...(i === 0 && flag.short ? { short: flag.short } : undefined),
      };
    });
  return out;
}

/** Long options may be shortened as long as only one fits, as argparse allows. */
function whole(arg: string, { all, command }: Table): string {
  if (!arg.startsWith('--') || arg === '--') return arg;
  const [name = '', ...value] = arg.slice(2).split('=');
  const names = all.flatMap((f) => f.names);
  if (names.includes(name)) return arg;
  const fitting = names.filter((n) => n.startsWith(name));
  const flags = new Set(fitting.map((n) => all.find((f) => f.names.includes(n))));
  const [only] = fitting;
  if (only === undefined || flags.size !== 1) {
    throw new FfeError('usage', `unknown option --${name}${didYouMean(name, names)}`, {
      hint: `see ${command} --help`,
    });
  }
  return [`--${only}`, ...(value.length > 0 ? [value.join('=')] : [])].join('=');
}

/** Values may begin with a dash (`--ssh-common-args '-o X=y'`), which parseArgs takes for an option unless joined. */
function joined(args: readonly string[], table: Table): string[] {
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = whole(args[i]!, table);
    if (arg === '--') return [...out, ...args.slice(i)];
    const flag = table.all.find(
      (f) => f.value && (f.names.some((n) => arg === `--${n}`) || (f.short && arg === `-${f.short}`)),
    );
    if (flag && i + 1 < args.length) out.push(`--${flag.names[0]}=${args[++i]!}`);
    else out.push(arg);
  }
  return out;
}

/** Reads the options of a table from a command line. Throws code 'usage' with the nearest option's name. */
export function parseOptions<Name extends string>(
  options: Readonly<Record<Name, Option>>,
  args: readonly string[],
  command = 'ffe-provision',
): Given<Name> {
  const table: Table = { all: Object.values(options), command };
  let parsed: { values: Record<string, (string | boolean)[] | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: joined(args, table),
      options: spelling(table),
      allowPositionals: true,
    }) as typeof parsed;
  } catch (error) {
    if (error instanceof FfeError) throw error;
    throw new FfeError('usage', (error instanceof Error ? error.message : String(error)).split('. ')[0]!, {
      hint: `see ${command} --help`,
    });
  }
  const values = (name: Name): (string | boolean)[] =>
    options[name].names.flatMap((n) => parsed.values[n] ?? []);
  const texts = (name: Name): string[] => values(name).filter((v) => typeof v === 'string');
  return {
    texts,
    text: (name) => texts(name).at(-1),
    on: (name) => values(name).length > 0,
    count: (name) => values(name).length,
    words: parsed.positionals,
  };
}

/** Reads a run's command line. Throws code 'usage' with the nearest option's name. */
export function parseFlags(args: readonly string[]): Given {
  return parseOptions(FLAGS, args);
}
