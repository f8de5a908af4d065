import { FfeError } from '../../errors/error.js';
import type { Raw } from '../../values/value.js';
import { parseYaml } from '../../yaml/load.js';

/** A single task that no playbook holds. Times are in seconds. */
export type AdHoc = {
  readonly pattern: string;
  readonly module: string;
  readonly args?: string;
  readonly background?: number;
  readonly poll?: number;
  readonly timeout?: number;
  /** Keywords of the play, such as `become`. */
  readonly keywords?: ReadonlyMap<string, Raw>;
};

const bare = (module: string): string => module.replace(/^ansible\.(builtin|legacy)\./, '');
/** Modules that do nothing without arguments. */
const NEEDY = ['command', 'shell', 'raw', 'script', 'win_command', 'win_shell'];
const IMPORTS = ['import_playbook'];

function checkAdHoc({ module, args, pattern }: AdHoc): void {
  if (NEEDY.includes(bare(module)) && (args ?? '').trim() === '')
    throw new FfeError('usage', `No argument passed to ${module} module`, {
      hint: /\.ya?ml$/.test(pattern) ? `to run a playbook: ffe-provision ${pattern}` : `-a 'ARGUMENTS'`,
    });
  if (IMPORTS.includes(bare(module)))
    throw new FfeError('usage', `'${module}' is not a valid action for ad-hoc commands`);
}

/** Arguments in braces are JSON when they can be read as such; everything else is key=value or a command. */
function argumentsOf(args: string | undefined): Raw {
  const text = (args ?? '').trim();
  if (!/^\{.*\}$/s.test(text)) return args === undefined ? null : args;
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return parseYaml(text, '--args');
}

/** The play that an ad hoc command stands for. Throws code 'usage' for what makes no sense without a playbook. */
export function playOf(adHoc: AdHoc): Map<string, Raw> {
  checkAdHoc(adHoc);
  const task = new Map<string, Raw>([[adHoc.module, argumentsOf(adHoc.args)]]);
  if (adHoc.background) task.set('async', adHoc.background);
  if (adHoc.background) task.set('poll', adHoc.poll ?? 15);
  if (adHoc.timeout) task.set('timeout', adHoc.timeout);
  return new Map<string, Raw>([
    ['name', 'Ansible Ad-Hoc'],
    ['hosts', adHoc.pattern],
    ['gather_facts', false],
    ...(adHoc.keywords ?? []),
    ['tasks', [task]],
  ]);
}
