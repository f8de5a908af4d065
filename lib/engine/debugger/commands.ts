import type { Value } from '../../values/value.js';

/** What a line to the debugger asks for. Values are expressions, evaluated later. */
export type Command =
  | { readonly kind: 'print'; readonly expression: string }
  | {
      readonly kind: 'set';
      readonly of: 'args' | 'task_vars';
      readonly key: string;
      readonly expression: string;
    }
  | { readonly kind: 'update' | 'redo' | 'continue' | 'quit' | 'nothing' }
  | { readonly kind: 'help'; readonly topic: string }
  | { readonly kind: 'unknown'; readonly line: string };

const WORDS: Readonly<Record<string, 'print' | 'update' | 'redo' | 'continue' | 'quit' | 'help'>> = {
  ...{ p: 'print', pprint: 'print', u: 'update', update_task: 'update', r: 'redo', redo: 'redo' },
  ...{ c: 'continue', continue: 'continue', q: 'quit', quit: 'quit', EOF: 'quit', h: 'help', help: 'help' },
  '?': 'help',
};

const SET = /^(?:task\.(args)|(task_vars))\[\s*(?:'([^']*)'|"([^"]*)")\s*\]\s*=(?!=)\s*(.+)$/s;

/** Reads a line to the debugger; Ansible's commands and their short forms. */
export function readCommand(line: string): Command {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const set = SET.exec(text);
  if (set) {
    const of = set[1] ? 'args' : 'task_vars';
    return { kind: 'set', of, key: set[3] ?? set[4]!, expression: set[5]! };
  }
  const [, word = '', rest = ''] = /^(\?|\w+)\s*(.*)$/s.exec(text) ?? [];
  const kind = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (kind === undefined || (rest.startsWith('=') && kind !== 'print'))
    return { kind: 'unknown', line: text };
  if (kind === 'print') return { kind, expression: rest };
  return kind === 'help' ? { kind, topic: rest } : { kind };
}

/** What the debugger's commands do. */
export const HELP = `p EXPRESSION            show task, task.args, task_vars, host, result (also pprint)
task.args['NAME'] = V   change an argument of the task
task_vars['NAME'] = V   change a variable for the task
u                       read the task anew, with changed variables (also update_task)
r                       run the task again (also redo)
c                       go on (also continue)
q                       end the run (also quit)`;

/** The names that an expression of `p` can begin with. */
export type Names = ReadonlyMap<string, Value>;
