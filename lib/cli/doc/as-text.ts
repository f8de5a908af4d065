import type { Arg, ArgSpec } from '../../modules/args.js';
import type { Module } from '../../modules/module.js';
import { notesOf, typeOf } from './argument.js';
import { fullName } from './names.js';
import { ruleLines } from './rules.js';

/** Lays words out in lines of a width, each behind an indentation. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}

function argLines(name: string, arg: Arg, width: number, indent: string): string[] {
  const inner = `${indent}      `;
  const notes = notesOf(arg);
  return [
    `${indent}${arg.required ? '=' : '-'} ${name}  (${typeOf(arg)})`,
    ...wrapped(arg.doc, width, inner),
    ...notes.flatMap((note) => wrapped(note, width, inner)),
    ...(arg.options ? specLines(arg.options, width, `${indent}    `) : []),
  ];
}

function specLines(spec: ArgSpec, width: number, indent: string): string[] {
  const all = Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1));
  return all.flatMap(([name, arg]) => argLines(name, arg, width, indent));
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', `${title}:`, '', ...lines] : [];
}

/** How a module behaves under --check, as a sentence. */
export function checkLine(module: Module): string {
  if (module.kind === 'run' && module.check === 'skip') return 'Skipped under --check.';
  return 'Under --check it says what would change, and changes nothing.';
}

/** A module's documentation for a terminal; `=` marks what is required. */
export function moduleText(module: Module, width = 80): string {
  const names = module.aliases?.length ? `Also called: ${module.aliases.join(', ')}.` : '';
  const returns = Object.entries(module.returns).flatMap(([name, doc]) => [
    `- ${name}`,
    ...wrapped(doc, width, '      '),
  ]);
  return [
    `> ${fullName(module).toUpperCase()}`,
    '',
    ...wrapped(module.summary, width, '  '),
    ...wrapped([names, checkLine(module)].join(' '), width, '  '),
    ...section('ARGUMENTS (= is required)', [
      ...specLines(module.args, width, ''),
      ...(module.openArgs ? ['- any other name is taken as well'] : []),
    ]),
    ...section('RULES', ruleLines(module.rules)),
    ...section('EXAMPLES', module.examples.trimEnd().split('\n')),
    ...section('RETURNS', returns),
    '',
  ].join('\n');
}

/** One line for each module: its name and what it is for. */
export function moduleList(modules: readonly Module[], width = 100): string {
  const column = Math.max(...modules.map((m) => fullName(m).length)) + 2;
  const short = (text: string, room: number) => (text.length > room ? `${text.slice(0, room - 3)}...` : text);
  const lines = modules.map(
    (m) => fullName(m).padEnd(column) + short(m.summary, Math.max(20, width - column)),
  );
  return `${lines.join('\n')}\n`;
}

/** A task with all arguments of a module, to be filled in. */
export function moduleSnippet(module: Module): string {
  const lines = Object.entries(module.args)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, arg]) =>
        `      ${name}:${' '.repeat(Math.max(1, 20 - name.length))}# ${arg.required ? '(required) ' : ''}${arg.doc}`,
    );
  return [`- name: ${module.summary}`, `  ${fullName(module)}:`, ...lines, ''].join('\n');
}
