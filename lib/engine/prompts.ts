import { FfeError } from '../errors/error.js';
import type { Play } from '../playbook/tree.js';
import { hashPassword } from '../template/crypt/password.js';
import { str } from '../values/print.js';
import { type Raw, Unsafe, type Value } from '../values/value.js';
import type { LayeredScope } from '../vars/scope.js';
import { asBool, finish } from './evaluate.js';
import type { Run } from './state.js';

/** Asks for the variables of vars_prompt; those that --extra-vars gives are not asked for. */
export async function askPrompts(
  run: Run,
  play: Play,
  scope: LayeredScope,
): Promise<ReadonlyMap<string, Raw>> {
  const out = new Map<string, Raw>();
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
): Promise<Raw> {
  const fallback = field('default') ?? undefined;
  const typed = await typedFor(run, name, secret, field);
  const plain = typed === undefined || (typed === '' && fallback !== undefined) ? str(fallback!) : typed;
  // A default is written in the playbook, for everybody to read.
  if (secret && typed && run.options.revealPrompts !== true) run.redactor.add(plain);
  const method = field('encrypt');
  const value = method === undefined || method === null ? plain : hashed(plain, method, field);
  return asBool(field('unsafe') ?? false) ? new Unsafe(value) : value;
}

function hashed(text: string, method: Value, field: (name: string) => Value | undefined): string {
  const [salt, size] = [field('salt'), field('salt_size')];
  return hashPassword(text, str(method), {
    salt: salt === undefined || salt === null ? undefined : str(salt),
    saltSize: size === undefined || size === null ? undefined : Number(str(size)),
  });
}

/** What the operator types; undefined when nobody is there and a default holds. */
async function typedFor(
  run: Run,
  name: string,
  secret: boolean,
  field: (name: string) => Value | undefined,
): Promise<string | undefined> {
  const fallback = field('default') ?? undefined;
  const { prompt } = run.options;
  if (!prompt) {
    if (fallback === undefined)
      throw new FfeError('bad-value', `variable '${name}' must be asked for, and there is no terminal`, {
        hint: `give it with -e ${name}=...`,
      });
    run.emit({ type: 'warning', text: 'Not prompting as we are not in interactive mode' });
    return undefined;
  }
  run.emit({ type: 'vars-prompt', name });
  const text = str(field('prompt') ?? name);
  const question = fallback === undefined ? text : `${text} [${str(fallback)}]`;
  if (!asBool(field('confirm') ?? false)) return prompt(question, secret);
  for (;;) {
    const given = await prompt(question, secret);
    if (given === (await prompt(`confirm ${question}`, secret))) return given;
    run.emit({ type: 'asking', text: '***** VALUES ENTERED DO NOT MATCH ****' });
  }
}
