import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** One option of a role, as meta/argument_specs.yml has it. */
export type Option = {
  readonly type?: string;
  readonly elements?: string;
  readonly required?: boolean;
  readonly default?: unknown;
  readonly choices?: readonly unknown[];
  readonly description?: string;
  readonly options?: Readonly<Record<string, Option>>;
};

/** A role's `main` specification. */
export type Spec = {
  readonly short_description: string;
  readonly description?: string;
  readonly options: Readonly<Record<string, Option>>;
};

/** The marks between which a README's table of variables is made. */
export const MARKS = ['<!-- variables: made from meta/argument_specs.yml -->', '<!-- end -->'] as const;

/** Reads the specification of the role in a folder. */
export function readSpec(folder: string): Spec {
  const text = readFileSync(join(folder, 'meta/argument_specs.yml'), 'utf8');
  const { argument_specs: specs } = parse(text) as { argument_specs: { main: Spec } };
  return specs.main;
}

/** The role's defaults/main.yml: every option's default, with its description before it. */
export function defaultsFile(spec: Spec): string {
  const parts = Object.entries(spec.options).flatMap(([name, option]) => {
    if (option.default === undefined) return [];
    const value = stringify({ [name]: option.default }, { lineWidth: 0, version: '1.1' });
    return [`# ${option.description ?? ''}\n${value}`];
  });
  return `# Made from meta/argument_specs.yml by \`npm run roles\`; do not edit.\n---\n${parts.join('\n')}`;
}

function typeOf(option: Option): string {
  if (option.choices) return option.choices.map((choice) => `\`${choice}\``).join(', ');
  return option.elements ? `${option.type} of ${option.elements}` : (option.type ?? 'str');
}

function defaultOf(option: Option): string {
  if (option.required) return 'required';
  if (option.default === undefined) return '';
  const text = JSON.stringify(option.default);
  return text.length > 90 ? 'see defaults/main.yml' : `\`${text.replaceAll('|', '\\|')}\``;
}

function rows(options: Spec['options'], prefix: string): string[] {
  return Object.entries(options).flatMap(([name, option]) => [
    `| \`${prefix}${name}\` | ${typeOf(option)} | ${defaultOf(option)} | ${option.description ?? ''} |`,
    ...rows(option.options ?? {}, `${prefix}${name}${option.elements === 'dict' ? '[].' : '.'}`),
  ]);
}

/** The table of a role's variables, in Markdown. */
export function variablesTable(spec: Spec): string {
  const head = ['| variable | type | default | meaning |', '|---|---|---|---|'];
  return [...head, ...rows(spec.options, '')].join('\n');
}

/** A README with its table made anew. Throws an Error when the marks are missing. */
export function withTable(readme: string, spec: Spec): string {
  const [from, to] = [readme.indexOf(MARKS[0]), readme.indexOf(MARKS[1])];
  if (from < 0 || to < from) throw new Error(`the README has no lines ${MARKS.join(' and ')}`);
  return `${readme.slice(0, from)}${MARKS[0]}\n${variablesTable(spec)}\n${readme.slice(to)}`;
}
