import { lines } from './command/result.js';
import { defineModule } from './module.js';

/** Runs a line in the login shell of the node, as it is. */
export const raw = defineModule({
  name: 'raw',
  summary: 'Sends a command line as it is, without anything around it.',
  args: {
    _raw_params: { type: 'str', required: true, doc: 'The line.' },
    executable: { type: 'str', doc: 'The shell; default /bin/sh.' },
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
