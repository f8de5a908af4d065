import { readFile } from 'node:fs/promises';
import { quote } from '../node/quote.js';
import { whenArgs } from './command/command-args.js';
import { lines } from './command/result.js';
import { needless } from './command/run-command.js';
import { splitWords } from './command/words.js';
import { defineModule } from './module.js';
import { fileSource } from './source.js';

/** Runs a script of the controller on the node, from a private directory that is removed afterwards. */
export const script = defineModule({
  name: 'script',
  summary: 'Runs a script of the controller on the node.',
  args: {
    _raw_params: { type: 'str', required: true, aliases: ['cmd'], doc: 'The script and its arguments.' },
    executable: { type: 'str', doc: 'The program that runs it; default: the one that it names itself.' },
    decrypt: { type: 'bool', default: true, doc: 'Open a script that is encrypted by vault.' },
    ...whenArgs,
  },
  freeForm: { arg: '_raw_params', split: true },
  returns: { rc: 'exit code', stdout: 'what it printed', stderr: 'what it printed as errors' },
  examples: `
- name: Prepare the disk once
  script: prepare-disk.sh --all
  args:
    creates: /dev/ffe/data
`,
  check: 'handled',
  run: async (info) => {
    const { args, check } = info;
    const reason = await needless(info, { ...args, chdir: undefined });
    if (reason) {
      const [state, option] = reason.exists ? ['exists', 'creates'] : ['does not exist', 'removes'];
      return { skipped: true, changed: false, msg: `${reason.path} ${state}, matching ${option} option` };
    }
    const refuse = (msg: string) => ({ failed: true, changed: false, msg });
    if (args.chdir !== undefined && !args.chdir.startsWith('/'))
      return refuse(`chdir ${args.chdir} must be an absolute path for a Unix-aware remote node`);
    const line = args._raw_params.trim();
    const [src = ''] = splitWords(line);
    const found = await info.source(fileSource(src, args.decrypt));
    if (found.kind !== 'file-source' || !found.found)
      return refuse(found.kind === 'file-source' && !found.found ? found.msg : `${src} is no file`);
    if (check) {
      if (args.creates !== undefined || args.removes !== undefined) return { changed: true };
      return { skipped: true, changed: false, msg: 'Check mode is not supported for this task.' };
    }
    const name = found.path.split('/').at(-1) ?? 'script';
    const rest = line.slice(line.indexOf(src) + src.length).replace(/^['"]/, '');
    const run = `${args.executable === undefined ? '' : `${args.executable} `}"$_t"/${quote(name)}${rest}`;
    // Only the directory is private: `trap` needs this shell to stay, so the script is its child.
    const text = `_t=$(mktemp -d "\${TMPDIR:-/tmp}/ffe-XXXXXXXXXX") || exit
trap 'rm -rf "$_t"' EXIT
trap 'exit 143' HUP INT TERM
cat > "$_t"/${quote(name)} && chmod 0700 "$_t"/${quote(name)} || exit
${args.chdir === undefined ? '' : `cd -P -- ${quote(args.chdir)} || exit\n`}${run} < /dev/null`;
    const stdin = found.content.kind === 'bytes' ? found.content.data : await readFile(found.content.path);
    const timeout = info.timeout > 0 ? info.timeout : undefined;
    const done = await info.node.run(
      { line: text, env: info.environment, stdin, timeout, signal: info.signal },
      info.become,
    );
    const [stdout, stderr] = [done.stdout.toString('utf8'), done.stderr.toString('utf8')];
    return {
      ...{ changed: true, rc: done.rc, stdout, stderr },
      ...{ stdout_lines: lines(stdout), stderr_lines: lines(stderr) },
      ...(done.rc !== 0 && { failed: true, msg: 'non-zero return code' }),
    };
  },
});
