import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { globRegExp } from '../inventory/pattern.js';
import { ansi, plain } from '../report/paint.js';
import { compareStrings } from '../values/order.js';
import { type Explained, explain } from '../vars/explain.js';
import { type Io, processIo } from './io.js';
import { type Given, type Option, parseOptions } from './parse-flags.js';
import { settingsOf } from './settings.js';
import { variableJson } from './vars/json.js';
import { type Seen, scopesOf } from './vars/plays.js';
import { shortPath, varsText } from './vars/text.js';
import { asRun, optionLines, VIEW_OPTIONS } from './view/options.js';
import { type View, viewRun } from './view/view-run.js';

const { limit: _, ...SHARED } = VIEW_OPTIONS;
const OPTIONS = {
  json: { names: ['json'], doc: 'print JSON' },
  all: { names: ['all'], short: 'a', doc: 'magic variables, too' },
  ...SHARED,
} as const satisfies Readonly<Record<string, Option>>;

type VarsGiven = Given<keyof typeof OPTIONS>;

const HEAD = `shows every variable of a host: its value, the file and line it comes from, and what it overrides

usage: ffe-provision vars HOST [NAME ...] -i SOURCE [PLAYBOOK] [options]

NAME may be a glob (ansible_*). With a playbook, the variables of each of its plays that has the host, those of roles
among them; without one, those of the inventory.
`;

type Asked = { readonly host: string; readonly names: readonly string[]; readonly playbook?: string };

function askedOf(words: readonly string[]): Asked {
  const [host, ...rest] = words;
  if (host === undefined)
    throw new FfeError('usage', 'no host was given', { hint: 'ffe-provision vars HOST [NAME] -i INVENTORY' });
  const playbooks = rest.filter((word) => /\.ya?ml$/.test(word) || existsSync(word));
  if (playbooks.length > 1)
    throw new FfeError('usage', `one playbook at a time, found ${playbooks.join(' and ')}`);
  return { host, names: rest.filter((word) => !playbooks.includes(word)), playbook: playbooks[0] };
}

function fitting(known: readonly string[], name: string): readonly string[] {
  if (known.includes(name)) return [name];
  const glob = globRegExp(name);
  return /[*?[]/.test(name) ? known.filter((one) => glob.test(one)) : [];
}

function chosen({ scope }: Seen, names: readonly string[], all: boolean): string[] {
  const known = [...scope.names()];
  const magic = new Set(scope.layers.flatMap((layer) => ('names' in layer ? [...layer.names] : [])));
  // What is in ansible_facts is shown by its own names.
  const usual = (name: string): boolean => all || !(magic.has(name) || name === 'ansible_facts');
  const picked = names.length > 0 ? names.flatMap((name) => fitting(known, name)) : known.filter(usual);
  return [...new Set(picked)].sort(compareStrings);
}

/** A name need not be known in every play, but in one. */
function checkNames(names: readonly string[], parts: readonly Part[]): void {
  const known = [...new Set(parts.flatMap(({ seen }) => [...seen.scope.names()]))];
  for (const name of names)
    if (fitting(known, name).length === 0)
      throw new FfeError('unknown-name', `there is no variable '${name}'${didYouMean(name, known)}`);
}

type Part = { readonly seen: Seen; readonly variables: readonly Explained[] };

async function partsOf(given: VarsGiven, asked: Asked, view: View): Promise<Part[]> {
  const dir = resolve(given.text('playbookDir') ?? (asked.playbook ? dirname(asked.playbook) : '.'));
  const parts: Part[] = [];
  for await (const seen of scopesOf(view, asked.host, dir, asked.playbook)) {
    const names = chosen(seen, asked.names, given.on('all'));
    parts.push({ seen, variables: names.flatMap((name) => explain(seen.scope, name) ?? []) });
  }
  checkNames(asked.names, parts);
  return parts.filter(({ variables }) => variables.length > 0 || asked.names.length === 0);
}

function textOf(parts: readonly Part[], whole: boolean, view: View, io: Io): string {
  const paint = io.colour ? ansi() : plain;
  const { redactor } = view.run;
  const style = { paint, hide: (text: string) => redactor.text(text), whole };
  return parts
    .map(({ seen: { play }, variables }) => {
      const head = play ? `PLAY [${play.name}] ${shortPath(play.pos.file)}:${play.pos.line}\n\n` : '';
      return head + varsText(variables, style);
    })
    .join('\n');
}

function jsonOf(host: string, parts: readonly Part[], view: View): string {
  const plays = parts.map(({ seen: { play }, variables }) => ({
    ...(play ? { play: { name: play.name, file: play.pos.file, line: play.pos.line } } : {}),
    variables: variables.map(variableJson),
  }));
  return `${JSON.stringify(view.run.redactor.json({ host, plays }), null, 2)}\n`;
}

/** The verb `vars`: shows where the variables of a host come from. Throws code 'unknown-name' for a host or name nobody has. */
export async function varsVerb(args: readonly string[], io: Io = processIo()): Promise<number> {
  const given = parseOptions(OPTIONS, args, 'ffe-provision vars');
  if (given.on('help')) {
    io.out(`${HEAD}\nOptions:\n${optionLines(OPTIONS)}\n`);
    return 0;
  }
  const asked = askedOf(given.words);
  const view = viewRun(await settingsOf(asRun(given as Given<string>, OPTIONS)));
  for (const text of view.warnings) io.err(`[WARNING]: ${text}\n`);
  // All are evaluated before any is printed: secrets are known only then.
  const parts = await partsOf(given, asked, view);
  io.out(
    given.on('json') ? jsonOf(asked.host, parts, view) : textOf(parts, asked.names.length > 0, view, io),
  );
  return 0;
}
