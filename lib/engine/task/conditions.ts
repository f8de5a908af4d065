import { FfeError } from '../../errors/error.js';
import type { At } from '../../playbook/tree.js';
import { truthy } from '../../values/truth.js';
import type { Raw, Value } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import { finish } from '../evaluate.js';
import type { Attempt } from './attempt.js';

/** The error of a condition in Ansible's words, which playbooks look for; what is undefined it says twice. */
function conditionError(error: unknown, condition: string): unknown {
  if (!(error instanceof FfeError)) return error;
  const { code, message, pos, span, hint, notes } = error;
  const why =
    code === 'undefined'
      ? `error while evaluating conditional (${condition}): ${message}. ${message}`
      : message;
  const said = `The conditional check '${condition}' failed. The error was: ${why}`;
  return new FfeError(code, said, { pos, span, hint, notes, cause: error });
}

/** Warns once of each condition of a task that is written as a template; what it comes to is evaluated again. */
export function warnOfTemplates({ run, task, module, effective }: Attempt): void {
  const { until = [], changedWhen = [], failedWhen = [] } = task;
  const that = module.name === 'assert' ? [task.args.get('that')] : [];
  const written = [...effective.when, ...until, ...changedWhen, ...failedWhen].map((at) => at.value);
  for (const one of [...written, ...that].flat()) {
    if (typeof one !== 'string' || !/\{[{%]/.test(one) || run.warned.has(one)) continue;
    run.warned.add(one);
    const text = `conditional statements should not include jinja2 templating delimiters such as {{ }} or {% %}. Found: ${one}`;
    run.emit({ type: 'warning', text });
  }
}

/** Tests one condition: a text is an expression, anything else its truth. */
export function holds(condition: Raw, scope: LayeredScope, pos?: At['pos']): boolean {
  if (typeof condition === 'boolean') return condition;
  if (condition === null || condition === '') return true;
  if (typeof condition === 'string') {
    try {
      return scope.tools.templater.condition(condition, scope, scope.tools.files, { pos });
    } catch (error) {
      throw conditionError(error, condition);
    }
  }
  return truthy(finish(condition, scope, pos) as Value);
}

/** The first condition that does not hold, or undefined when all do. Lists of conditions are all needed. */
export function failing(conditions: readonly At[], scope: LayeredScope): At | undefined {
  return conditions.find((at) => !holdsAll(at, scope));
}

function holdsAll(at: At, scope: LayeredScope): boolean {
  const all = Array.isArray(at.value) ? (at.value as Raw[]) : [at.value];
  return all.every((one) => holds(one, scope, at.pos));
}
