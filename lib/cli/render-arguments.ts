import { FfeError } from '../errors/error.js';

/** What the verb `render` was given; `rest` are the options that it shares with a run. */
export type RenderArguments = {
  readonly help: boolean;
  readonly file?: string;
  readonly expression?: string;
  readonly host?: string;
  readonly rest: readonly string[];
};

const OWN: Readonly<Record<string, 'expression' | 'host'>> = { '--expr': 'expression', '--host': 'host' };
const SHARED: ReadonlySet<string> = new Set([
  '-e',
  '--extra-vars',
  '-i',
  '--inventory',
  '--vault-id',
  '--vault-password-file',
  '--vault-pass-file',
]);
const SWITCHES: ReadonlySet<string> = new Set([
  '--ask-vault-pass',
  '--ask-vault-password',
  '-J',
  '--debug',
  '-v',
]);

function split(arg: string): [string, string | undefined] {
  const at = arg.startsWith('--') ? arg.indexOf('=') : -1;
  return at === -1 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
}

/** Reads the arguments of `render`. Throws code 'usage'. */
export function readRenderArguments(args: readonly string[]): RenderArguments {
  const own: { expression?: string; host?: string; file?: string } = {};
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = split(args[i]!);
    const value = (): string => {
      const text = inline ?? args[++i];
      if (text === undefined) throw new FfeError('usage', `${name} needs a value`);
      return text;
    };
    if (name === '-h' || name === '--help') return { help: true, rest: [] };
    const field = Object.hasOwn(OWN, name) ? OWN[name] : undefined;
    if (field) own[field] = value();
    else if (SHARED.has(name)) rest.push(name, value());
    else if (/^-[ei]./.test(name) || SWITCHES.has(name)) rest.push(args[i]!);
    else if (name.startsWith('-') && name !== '-')
      throw new FfeError('usage', `unknown option ${name}`, { hint: 'see ffe-provision render --help' });
    else if (own.file !== undefined) throw new FfeError('usage', 'render takes one file');
    else own.file = name;
  }
  if (own.file !== undefined && own.expression !== undefined)
    throw new FfeError('usage', 'give a file or --expr, not both');
  return { help: false, ...own, rest };
}
