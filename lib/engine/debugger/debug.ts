import { setImmediate as endOfTurn } from 'node:timers/promises';
import { FfeError } from '../../errors/error.js';
import type { Task } from '../../playbook/tree.js';
import { fromJson } from '../../values/convert.js';
import { Undefined } from '../../values/undefined.js';
import type { Raw, Value } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import { visible } from '../task/announce.js';
import type { Attempt, Outcome } from '../task/attempt.js';
import { HELP, readCommand } from './commands.js';
import { pretty } from './pretty.js';

/** How the operator goes on: as it is, or with the task once more, with changed arguments and variables. */
export type Verdict =
  | { readonly kind: 'continue' }
  | { readonly kind: 'redo'; readonly task: Task; readonly vars: ReadonlyMap<string, Value> };

/** A task under the debugger, and what was changed so far. */
type Session = {
  readonly attempt: Attempt;
  readonly outcome: Outcome;
  readonly args: Map<string, Raw>;
  readonly vars: Map<string, Value>;
};

const VARIABLE = /task_vars(?:\.(\w+)|\[\s*(?:'([^']*)'|"([^"]*)")\s*\])/g;

/** Every name of the scope's layers. */
function namesIn(scope: LayeredScope): Set<string> {
  return new Set(
    scope.layers.flatMap((layer) => ('names' in layer ? [...layer.names] : [...layer.vars.keys()])),
  );
}

/** The variables that an expression looks at; all of them when it looks at the dict itself. */
function variablesFor(expression: string, scope: LayeredScope): Map<Value, Value> {
  const named = [...expression.matchAll(VARIABLE)].map((m) => m[1] ?? m[2] ?? m[3]!);
  const names = named.length > 0 || !expression.includes('task_vars') ? named : namesIn(scope);
  const out = new Map<Value, Value>();
  for (const name of names) {
    const value = variableOf(scope, name);
    if (value !== undefined) out.set(name, value);
  }
  return out;
}

/** A variable that can be evaluated. */
function variableOf(scope: LayeredScope, name: string): Value | undefined {
  try {
    const value = scope.get(name);
    return value instanceof Undefined ? undefined : (value as Value | undefined);
  } catch {
    return undefined;
  }
}

function evaluate(session: Session, expression: string): Value {
  const { attempt, outcome, args, vars } = session;
  const scope = attempt.scope.with(vars);
  const { templater, files } = scope.tools;
  const title = `TASK: ${attempt.info.name}`;
  const task = new Map<Value, Value>([
    ['args', new Map(args) as Map<Value, Value>],
    ['name', attempt.info.name],
    ['action', attempt.task.written],
  ]);
  const bare: Readonly<Record<string, Value>> = { task: title, host: attempt.host.name };
  const known = bare[expression.trim()];
  if (known !== undefined) return known;
  const result = fromJson(visible(attempt, outcome.result));
  const names = new Map<string, Value>([
    ['task', task],
    ['task_vars', variablesFor(expression, scope)],
    ['host', attempt.host.name],
    ['result', new Map<Value, Value>([['_result', result]])],
    ['True', true],
    ['False', false],
    ['None', null],
  ]);
  return templater.expression(expression, attempt.scope.with(names), files);
}

function complaint(error: unknown): string {
  const { code, message } = error instanceof FfeError ? error : { code: 'error', message: String(error) };
  return `***${code}: ${message}`;
}

/** Does one line; a verdict ends the session. */
function obey(session: Session, line: string, say: (text: string) => void): Verdict | undefined {
  const command = readCommand(line);
  switch (command.kind) {
    case 'print':
      say(pretty(evaluate(session, command.expression)));
      return undefined;
    case 'set': {
      const value = evaluate(session, command.expression);
      if (command.of === 'args') session.args.set(command.key, value as Raw);
      else session.vars.set(command.key, value);
      return undefined;
    }
    case 'update':
      session.args.clear();
      for (const [name, value] of session.attempt.task.args) session.args.set(name, value);
      return undefined;
    case 'redo':
      return { kind: 'redo', task: { ...session.attempt.task, args: session.args }, vars: session.vars };
    case 'continue':
      return { kind: 'continue' };
    case 'quit':
      say('User interrupted execution');
      throw new DOMException('interrupted', 'AbortError');
    case 'help':
      say(HELP);
      return undefined;
    case 'nothing':
      return undefined;
    case 'unknown':
      say(`***unknown command: ${command.line} (h lists them)`);
      return undefined;
  }
}

/** Hands a task that has ended on a host to the operator, one at a time. Throws an AbortError for quit. */
export async function debugTask(
  attempt: Attempt,
  outcome: Outcome,
  vars: ReadonlyMap<string, Value>,
): Promise<Verdict> {
  const { run, host, info, task } = attempt;
  const read = run.options.command;
  if (!read) return { kind: 'continue' };
  const say = (text: string): void => run.emit({ type: 'asking', text: run.redactor.text(text) });
  const session = { attempt, outcome, args: new Map(task.args), vars: new Map(vars) };
  const turn = run.debugging.turn.then(async () => {
    // Lines of results are written at the end of a turn of the event loop; the prompt stands below them.
    await endOfTurn();
    for (;;) {
      const line = await read(`[${host.name}] TASK: ${info.name} (debug)> `);
      try {
        const verdict = obey(session, line ?? 'EOF', say);
        if (verdict) return verdict;
      } catch (error) {
        if (error instanceof DOMException) throw error;
        say(complaint(error));
      }
    }
  });
  run.debugging.turn = turn.then(
    () => {},
    () => {},
  );
  return turn;
}
