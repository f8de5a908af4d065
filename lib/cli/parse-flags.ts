import { parseArgs } from 'node:util';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { FLAGS, type Flag, type FlagName } from './flags.js';

/** What was given: texts by option, switches that are on, and the playbooks. */
export type Given = {
  readonly text: (name: FlagName) => string | undefined;
  readonly texts: (name: FlagName) => readonly string[];
  readonly on: (name: FlagName) => boolean;
  readonly count: (name: FlagName) => number;
  readonly words: readonly string[];
};

const ALL = Object.entries(FLAGS) as [FlagName, Flag][];

function spelling(): Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> {
  const out: Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> = {};
  for (const [, flag] of ALL)
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
function whole(arg: string): string {
  if (!arg.startsWith('--') || arg === '--') return arg;
  const [name = '', ...value] = arg.slice(2).split('=');
  const names = ALL.flatMap(([, f]) => f.names);
  if (names.includes(name)) return arg;
  const fitting = names.filter((n) => n.startsWith(name));
  const flags = new Set(fitting.map((n) => ALL.find(([, f]) => f.names.includes(n))![0]));
  const [only] = fitting;
  if (only === undefined || flags.size !== 1) {
    throw new FfeError('usage', `unknown option --${name}${didYouMean(name, names)}`, {
      hint: 'see ffe-provision --help',
    });
  }
  return [`--${only}`, ...(value.length > 0 ? [value.join('=')] : [])].join('=');
}

/** Values may begin with a dash (`--ssh-common-args '-o X=y'`), which parseArgs takes for an option unless joined. */
function joined(args: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = whole(args[i]!);
    if (arg === '--') return [...out, ...args.slice(i)];
    const flag = ALL.find(
      ([, f]) => f.value && (f.names.some((n) => arg === `--${n}`) || (f.short && arg === `-${f.short}`)),
    )?.[1];
    if (flag && i + 1 < args.length) out.push(`--${flag.names[0]}=${args[++i]!}`);
    else out.push(arg);
  }
  return out;
}

/** Reads a command line. Throws code 'usage' with the nearest option's name. */
export function parseFlags(args: readonly string[]): Given {
  let parsed: { values: Record<string, (string | boolean)[] | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args: joined(args), options: spelling(), allowPositionals: true }) as typeof parsed;
  } catch (error) {
    if (error instanceof FfeError) throw error;
    throw new FfeError('usage', (error instanceof Error ? error.message : String(error)).split('. ')[0]!, {
      hint: 'see ffe-provision --help',
    });
  }
  const values = (name: FlagName): (string | boolean)[] =>
    FLAGS[name].names.flatMap((n) => parsed.values[n] ?? []);
  const texts = (name: FlagName): string[] => values(name).filter((v) => typeof v === 'string');
  return {
    texts,
    text: (name) => texts(name).at(-1),
    on: (name) => values(name).length > 0,
    count: (name) => values(name).length,
    words: parsed.positionals,
  };
}
