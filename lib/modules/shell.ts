import { quote } from '../node/quote.js';
import { commandReturns, inputArgs, whenArgs } from './command/command-args.js';
import { runCommand } from './command/run-command.js';
import { defineModule } from './module.js';

/** Runs a line of shell. */
export const shell = defineModule({
  name: 'shell',
  summary: 'Executes shell commands',
  args: {
    _raw_params: { type: 'str', aliases: ['cmd'], doc: 'The line, or several lines, for the shell.' },
    executable: { type: 'path', doc: 'The shell; default /bin/sh.' },
    ...whenArgs,
    ...inputArgs,
  },
  freeForm: { arg: '_raw_params', split: true },
  returns: commandReturns,
  examples: `
- name: How many processes
  shell: ps ax | wc -l
  register: processes
  changed_when: false
`,
  check: 'handled',
  detaches: true,
  run: async (info) => {
    const { args } = info;
    const line = args._raw_params ?? '';
    if (line.trim() === '') return { failed: true, changed: false, rc: 256, msg: 'no command given' };
    const nested =
      args.chdir === undefined
        ? {}
        : { source: `exec ${quote(args.executable ?? '/bin/sh')} -c ${quote(line)}` };
    return runCommand(info, { ...args, cmd: line, line, ...nested });
  },
});
