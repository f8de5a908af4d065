import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { repr, str } from '../values/print.js';
import { statOf } from '../values/stat.js';
import type { Value } from '../values/value.js';
import { type Config, configFileLine, loadConfig } from './config/config.js';
import { initialEnv, initialIni } from './config/initial.js';
import { describedSetting, namesOfKind, pluginOf, type Shown, shownSettings } from './config/rows.js';
import { unsupportedSettings } from './config/unsupported.js';
import { jsonText, yamlText } from './inventory/plain.js';
import type { Io } from './io.js';
import { type Given, type Option, parseOptions } from './parse-flags.js';
import { optionLines } from './view/options.js';

const OPTIONS = {
  config: { names: ['config'], short: 'c', value: 'FILE', doc: 'the configuration file (default: as a run)' },
  kind: {
    names: ['type'],
    short: 't',
    value: 'KIND',
    doc: 'base (default), all, become, connection, callback, ...',
  },
  changed: { names: ['only-changed', 'changed-only'], doc: 'dump only what somebody has written' },
  format: {
    names: ['format'],
    short: 'f',
    value: 'FORMAT',
    doc: 'dump: display (default), json, yaml; list: yaml (default), json; init: ini (default), env',
  },
  disabled: { names: ['disabled'], doc: 'init: every line is a comment' },
  verbose: { names: ['verbose'], short: 'v', many: true, doc: 'dump: say which file is read' },
  debug: { names: ['debug'], doc: 'stacks of errors' },
  help: { names: ['help'], short: 'h', doc: 'print this help' },
} as const satisfies Readonly<Record<string, Option>>;

const HEAD = `shows the configuration, as ansible-config does

usage: ffe-provision config dump|list|view|init [options]

  dump   what every setting comes to, and where that was written
  list   every setting: type, default, where it may be written
  view   the configuration file itself
  init   a configuration file to begin with
`;

type ConfigGiven = Given<keyof typeof OPTIONS>;
type Action = (given: ConfigGiven, config: Config, io: Io) => string;

function formatOf(given: ConfigGiven, formats: readonly string[]): string {
  const format = given.text('format') ?? formats[0]!;
  if (formats.includes(format)) return format;
  throw new FfeError('usage', `--format is ${formats.join(' or ')}, found '${format}'`);
}

function serialised(value: Value, format: string): string {
  return format === 'json' ? `${jsonText(value)}\n` : yamlText(value);
}

const inWords = (value: Value): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? repr(value) : str(value);

function displayLine({ name, origin, value }: Shown, io: Io): string {
  const line = `${name}(${origin}) = ${inWords(value)}`;
  if (!io.colour) return `${line}\n`;
  return `\u001b[${origin === 'default' ? '32' : '33'}m${line}\u001b[0m\n`;
}

/** Lines of the core's settings, and below a heading those of each kind of plug-in. */
function displayed(rows: readonly Shown[], io: Io): string {
  const kinds = [...new Set(rows.map(({ name }) => pluginOf(name)))].sort();
  const of = (kind: string | undefined): string =>
    rows
      .filter(({ name }) => pluginOf(name) === kind)
      .map((row) => displayLine(row, io))
      .join('');
  const titled = (kind: string): string =>
    `\n${kind.toUpperCase()}:\n${'='.repeat(kind.length + 1)}\n${of(kind)}`;
  return (
    of(undefined) +
    kinds
      .filter((kind) => kind !== undefined)
      .map(titled)
      .join('')
  );
}

function dumped(rows: readonly Shown[], format: string, io: Io): string {
  if (format === 'display') return displayed(rows, io);
  const entry = ({ name, origin, value }: Shown): Value =>
    new Map<string, Value>([
      ['name', name],
      ['origin', origin],
      ['type', null],
      ['value', value],
    ]);
  return serialised(rows.map(entry), format);
}

function view(_: ConfigGiven, { file }: Config): string {
  if (file !== undefined) return readFileSync(file, 'utf8');
  throw new FfeError('not-found', 'Invalid or no config file was supplied', {
    hint: 'it is looked for in $ANSIBLE_CONFIG, ansible.cfg, ~/.ansible.cfg, /etc/ansible/ansible.cfg',
  });
}

const ACTIONS: Readonly<Record<string, Action>> = {
  dump: (given, config, io) => {
    for (const text of unsupportedSettings(config)) io.err(`[WARNING]: ${text}\n`);
    if (given.on('verbose')) io.out(`${configFileLine(config)}\n`);
    const rows = shownSettings(config, namesOfKind(given.text('kind') ?? 'base'), given.on('changed'));
    return dumped(rows, formatOf(given, ['display', 'json', 'yaml']), io);
  },
  list: (given) => {
    const names = namesOfKind(given.text('kind') ?? 'base');
    const all = new Map<string, Value>(names.map((name) => [name, describedSetting(name)]));
    return serialised(all, formatOf(given, ['yaml', 'json']));
  },
  view,
  init: (given) => {
    const names = namesOfKind(given.text('kind') ?? 'base');
    const make = formatOf(given, ['ini', 'env']) === 'env' ? initialEnv : initialIni;
    return make(names, given.on('disabled'));
  },
};

function configOf(given: ConfigGiven): Config {
  const named = given.text('config');
  const place = { env: process.env, cwd: process.cwd(), home: process.env.HOME ?? homedir() };
  if (named === undefined) return loadConfig(place);
  const file = resolve(named);
  const is = statOf(file)?.isFile();
  if (is && !/\.(cfg|ini)$/.test(file))
    throw new FfeError('usage', `Unsupported configuration file extension: ${named}`, {
      hint: 'it ends in .cfg or .ini',
    });
  if (is) return loadConfig(place, file);
  throw new FfeError('not-found', `The provided configuration file is missing or not accessible: ${named}`);
}

/** The verb `config`: the configuration as ansible-config shows it. */
export async function configVerb(args: readonly string[], io: Io): Promise<number> {
  const given = parseOptions(OPTIONS, args, 'ffe-provision config');
  if (given.on('help')) {
    io.out(`${HEAD}\nOptions:\n${optionLines(OPTIONS)}\n`);
    return 0;
  }
  const [word = '', more] = given.words;
  const action = Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
  if (!action || more !== undefined) {
    const found =
      word === '' ? 'what to show was not given' : action ? `unexpected '${more}'` : `'${word}' is unknown`;
    throw new FfeError('usage', `${found}${didYouMean(word, Object.keys(ACTIONS))}`, {
      hint: 'ffe-provision config dump, list, view or init',
    });
  }
  io.out(action(given, configOf(given), io));
  return 0;
}
