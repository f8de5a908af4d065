import { lines } from './command/result.js';
import { defineModule } from './module.js';

// Ansible takes these out of the line, as for `command`, and then does nothing with them.
const IGNORED = [
  'creates',
  'removes',
  'chdir',
  'warn',
  'stdin',
  'stdin_add_newline',
  'strip_empty_ends',
] as const;

const ignored = Object.fromEntries(
  IGNORED.map((name) => [name, { type: 'raw', doc: 'Taken, and ignored, as by Ansible.' }]),
) as Record<(typeof IGNORED)[number], { type: 'raw'; doc: string }>;

/** Runs a line in the login shell of the node, as it is. */
export const raw = defineModule({
  name: 'raw',
  summary: 'Sends a command line as it is, without anything around it.',
  args: {
    _raw_params: { type: 'str', required: true, doc: 'The line.' },
    executable: { type: 'str', doc: 'The shell; default /bin/sh.' },
    ...ignored,
  },
  freeForm: { arg: '_raw_params', split: true },
  returns: { rc: 'exit code', stdout: 'what it printed', stderr: 'what it printed as errors' },
  examples: `
- name: Bootstrap
  raw: apt-get install -y sudo
`,
  check: 'skip',
  run: async ({ args, node, become, timeout, signal }) => {
    const done = await node.run(
      {
        line: args._raw_params,
        shell: args.executable || undefined,
        timeout: timeout > 0 ? timeout : undefined,
        signal,
      },
      become,
    );
    const [stdout, stderr] = [done.stdout.toString('utf8'), done.stderr.toString('utf8')];
    return {
      ...{ changed: true, rc: done.rc, stdout, stderr },
      ...{ stdout_lines: lines(stdout), stderr_lines: lines(stderr) },
      ...(done.rc !== 0 && { failed: true, msg: 'non-zero return code' }),
    };
  },
});
