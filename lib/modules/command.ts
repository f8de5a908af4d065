import { quote } from '../node/quote.js';
import { commandReturns, inputArgs, whenArgs } from './command/command-args.js';
import { notStarted, runCommand } from './command/run-command.js';
import { expandingWord, splitWords } from './command/words.js';
import { defineModule, type ModuleResult } from './module.js';

/** Runs a program with arguments; no shell looks at them. */
export const command = defineModule({
  name: 'command',
  summary: 'Executes commands',
  args: {
    _raw_params: { type: 'str', aliases: ['cmd'], doc: 'The command line, split into words by quotes only.' },
    argv: { type: 'list', elements: 'str', doc: 'The command as a list of words.' },
    expand_argument_vars: {
      type: 'bool',
      default: true,
      doc: 'Look up `$NAME` and `~` in words on the node.',
    },
    executable: { type: 'str', doc: 'Has no effect here; the shell module has it.' },
    ...whenArgs,
    ...inputArgs,
  },
  freeForm: { arg: '_raw_params', split: true },
  returns: commandReturns,
  examples: `
- name: Make the database once
  command: /opt/ffe/bin/init-db --all
  args:
    creates: /var/lib/ffe/db
`,
  check: 'handled',
  detaches: true,
  run: async (info) => {
    const { args } = info;
    const line = args._raw_params?.trim() ?? '';
    const argv = args.argv ?? [];
    const refuse = (msg: string): ModuleResult => ({ failed: true, changed: false, rc: 256, msg });
    if (line === '' && argv.length === 0) return refuse('no command given');
    if (line !== '' && argv.length > 0) return refuse('only command or argv can be given, not both');
    const words = line === '' ? argv : splitWords(line);
    const expanded = words.map((w, i) =>
      args.expand_argument_vars ? expandingWord(w, `_w${i}_`) : { setup: '', word: quote(w) },
    );
    const source = `${expanded.map((e) => e.setup).join('')}exec ${expanded.map((e) => e.word).join(' ')}`;
    const result = await runCommand(info, { ...args, cmd: words, source });
    const warnings =
      args.executable === undefined
        ? {}
        : {
            warnings: [
              `As of Ansible 2.4, the parameter 'executable' is no longer supported with the 'command' module. Not using '${args.executable}'.`,
            ],
          };
    return { ...(notStarted(result) ?? result), ...warnings };
  },
});
