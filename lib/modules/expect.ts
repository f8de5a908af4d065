import { quoteAll } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { duration, lines, stamp } from './command/result.js';
import { needless } from './command/run-command.js';
import { splitWords } from './command/words.js';
import { converse, questions } from './expect/converse.js';
import { WishError } from './file-attributes.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';

const spec = {
  command: { type: 'str', required: true, doc: 'The command, without a shell.' },
  responses: {
    type: 'dict',
    required: true,
    noLog: true,
    doc: 'Answers by patterns of questions; a list for one answer each.',
  },
  chdir: { type: 'path', doc: 'Change to this folder first.' },
  creates: { type: 'path', doc: 'Do nothing when this exists.' },
  removes: { type: 'path', doc: 'Do nothing when this does not exist.' },
  timeout: { type: 'int', default: 30, doc: 'Seconds of silence after which it has failed; 0 for none.' },
  echo: { type: 'bool', default: false, doc: 'Show the answers in the output.' },
} as const satisfies ArgSpec;

async function answered(
  info: Pick<RunInfo, 'node' | 'become' | 'environment'>,
  args: ArgsOf<typeof spec>,
): Promise<ModuleResult> {
  const { chdir, creates, removes } = args;
  const cmd = args.command;
  if (cmd.trim() === '') return { failed: true, rc: 256, msg: 'no command given' };
  const idle = await needless(info, { chdir, creates, removes });
  if (idle)
    return {
      cmd,
      rc: 0,
      stdout: `skipped, since ${idle.path} ${idle.exists ? 'exists' : 'does not exist'}`,
    };
  const words = [
    'script',
    '-qe',
    '-E',
    args.echo ? 'always' : 'never',
    '-c',
    `exec ${quoteAll(splitWords(cmd))}`,
    '/dev/null',
  ];
  const env = { ...info.environment, SHELL: '/bin/sh' };
  const from = Date.now();
  const running = await info.node.spawn({ argv: words, cwd: chdir, env }, info.become);
  const talk = await converse(running, questions(args.responses), args.timeout);
  const to = Date.now();
  const stdout = talk.said.replace(/[\r\n]+$/, '');
  const times = { start: stamp(from), end: stamp(to), delta: duration(to - from) };
  const result = {
    changed: true,
    cmd,
    stdout,
    stdout_lines: lines(stdout),
    rc: talk.stuck ? null : (talk.rc ?? null),
    ...times,
  };
  if (talk.stuck !== undefined) return { ...result, failed: true, msg: talk.stuck };
  return talk.rc === 0 ? result : { ...result, failed: true, msg: 'non-zero return code' };
}

/** Runs a program in a terminal of its own, which util-linux's script makes, and answers its questions. */
export const expect = defineModule({
  name: 'expect',
  summary: 'Runs a command on a terminal and answers its questions.',
  args: spec,
  returns: {
    cmd: 'the command',
    stdout: 'what it printed',
    rc: 'its exit code',
    start: 'when it began',
    end: 'when it ended',
    delta: 'how long it took',
  },
  examples: `
- name: The password is changed
  expect:
    command: passwd ffe
    responses:
      (?i)password: "{{ password }}"
`,
  check: 'skip',
  run: async (info) => {
    try {
      return await answered(info, info.args);
    } catch (error) {
      if (error instanceof WishError) return { failed: true, msg: error.message };
      throw error;
    }
  },
});
