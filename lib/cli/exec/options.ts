import { FLAGS } from '../flags.js';
import type { Given, Option } from '../parse-flags.js';

const {
  startAtTask: _1,
  step: _2,
  syntaxCheck: _3,
  listTasks: _4,
  listTags: _5,
  tags: _6,
  skipTags: _7,
  forceHandlers: _8,
  flushCache: _9,
  ...shared
} = FLAGS;

/** The options that commands without a playbook share with a run. */
export const TASK_OPTIONS = {
  ...shared,
  playbookDir: {
    names: ['playbook-dir'],
    value: 'FOLDER',
    doc: 'the folder that stands for that of a playbook: its roles, group_vars, files',
  },
  taskTimeout: { names: ['task-timeout'], value: 'SECONDS', doc: 'time limit of the task' },
} as const satisfies Readonly<Record<string, Option>>;

/** The options of an ad hoc command; names and short forms are ansible's. */
export const EXEC_OPTIONS = {
  ...TASK_OPTIONS,
  module: { names: ['module-name'], short: 'm', value: 'MODULE', doc: 'what to run (default: command)' },
  args: {
    names: ['args'],
    short: 'a',
    value: 'ARGS',
    doc: 'its arguments: key=value ..., JSON in braces, or a command',
  },
  background: {
    names: ['background'],
    short: 'B',
    value: 'SECONDS',
    doc: 'run asynchronously, for so long at most',
  },
  poll: {
    names: ['poll'],
    short: 'P',
    value: 'SECONDS',
    doc: 'how often to look, with -B (default 15; 0: never)',
  },
  oneLine: { names: ['one-line'], short: 'o', doc: 'one line per host' },
  tree: {
    names: ['tree'],
    short: 't',
    value: 'FOLDER',
    doc: "write each host's result to a file in this folder",
  },
} as const satisfies Readonly<Record<string, Option>>;

/** What an ad hoc command was given. */
export type ExecGiven = Given<keyof typeof EXEC_OPTIONS>;
