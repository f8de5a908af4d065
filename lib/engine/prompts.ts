import { FfeError } from '../errors/error.js';
import type { Play } from '../playbook/tree.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import type { LayeredScope } from '../vars/scope.js';
import { asBool, finish } from './evaluate.js';
import type { Run } from './state.js';

/** Asks for the variables of vars_prompt; those that --extra-vars gives are not asked for. */
export async function askPrompts(
  run: Run,
  play: Play,
  scope: LayeredScope,
): Promise<ReadonlyMap<string, Value>> {
  const out = new Map<string, Value>();
  for (const at of play.varsPrompt) {
    const field = (name: string): Value | undefined =>
      at.value.has(name) ? finish(at.value.get(name)!, scope, at.pos) : undefined;
    const name = str(field('name') ?? '');
    if (name === '')
      throw new FfeError('bad-value', "Invalid vars_prompt data structure, missing 'name' key", {
        pos: at.pos,
      });
    if (run.options.extraVars.vars.has(name)) continue;
    const secret = asBool(field('private') ?? true);
    out.set(name, await answerTo(run, name, secret, field));
  }
  return out;
}

async function answerTo(
  run: Run,
  name: string,
  secret: boolean,
  field: (name: string) => Value | undefined,
): Promise<Value> {
  const fallback = field('default');
  const { prompt } = run.options;
  if (!prompt) {
    if (fallback !== undefined) return fallback;
    throw new FfeError('bad-value', `variable '${name}' must be asked for, and there is no terminal`, {
      hint: `give it with -e ${name}=...`,
    });
  }
  run.emit({ type: 'vars-prompt', name });
  const text = str(field('prompt') ?? name);
  const ask = async (): Promise<string> =>
    run.options.prompt!(fallback === undefined ? text : `${text} [${str(fallback)}]`, secret);
  let given = await ask();
  while (
    asBool(field('confirm') ?? false) &&
    given !== (await run.options.prompt!(`confirm ${text}`, secret))
  )
    given = await ask();
  const value = given === '' && fallback !== undefined ? str(fallback) : given;
  if (secret) run.redactor.add(value);
  return value;
}
