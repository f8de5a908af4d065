import type { ArgSpec } from '../../modules/args.js';
import type { Module } from '../../modules/module.js';
import { notesOf, typeOf } from './argument.js';
import { checkLine } from './as-text.js';
import { fullName } from './names.js';
import { ruleLines } from './rules.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function rows(spec: ArgSpec, path: string): string[] {
  const all = Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1));
  return all.flatMap(([name, arg]) => [
    `| \`${path}${name}\` | ${typeOf(arg)} | ${cell([arg.doc, ...notesOf(arg).map((n) => `*${n}*`)].join('; '))} |`,
    ...(arg.options ? rows(arg.options, `${path}${name}.`) : []),
  ]);
}

/** A module's documentation as a page of Markdown. */
export function modulePage(module: Module): string {
  const rules = ruleLines(module.rules);
  const args = rows(module.args, '');
  const returns = Object.entries(module.returns);
  return [
    `# ${fullName(module)}`,
    '',
    `${module.summary} ${checkLine(module)}`,
    ...(module.aliases?.length ? ['', `Also called: ${module.aliases.join(', ')}.`] : []),
    ...(args.length ? ['', '## Arguments', '', '| name | type | meaning |', '|---|---|---|', ...args] : []),
    ...(module.openArgs ? ['', 'Any other name is taken as well.'] : []),
    ...(rules.length ? ['', ...rules.map((rule) => `- ${rule}`)] : []),
    '',
    '## Examples',
    '',
    '```yaml',
    module.examples.trimEnd(),
    '```',
    ...(returns.length
      ? [
          '',
          '## Returns',
          '',
          '| name | meaning |',
          '|---|---|',
          ...returns.map(([n, d]) => `| \`${n}\` | ${cell(d)} |`),
        ]
      : []),
    '',
  ].join('\n');
}

/** The index of all pages. */
export function indexPage(modules: readonly Module[]): string {
  return [
    '# Modules',
    '',
    'Made by `ffe-provision doc --all --format markdown`; the same text is in `ffe-provision doc NAME`.',
    '',
    '| module | what it is for |',
    '|---|---|',
    ...modules.map((m) => `| [${fullName(m)}](${fullName(m)}.md) | ${cell(m.summary)} |`),
    '',
  ].join('\n');
}
