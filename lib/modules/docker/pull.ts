import type { Json, JsonObject } from '../../values/json.js';
import { boolWord } from '../convert-argument.js';
import { StepError } from '../steps.js';
import type { Engine } from './engine.js';
import { imagePath } from './image-name.js';

/** When an image is pulled. */
export type PullMode = 'always' | 'missing' | 'never';

/** What `pull` means; true and false are always and missing. */
export function pullMode(pull: Json | undefined): PullMode {
  if (pull === 'always' || pull === 'missing' || pull === 'never') return pull;
  const word = typeof pull === 'boolean' || typeof pull === 'string' ? boolWord(pull) : undefined;
  if (word === undefined)
    throw new StepError(
      `value of pull must be one of: always, missing, never, true, false, got: ${String(pull)}`,
    );
  return word ? 'always' : 'missing';
}

/** What docker itself says last about a failure. */
export function lastWords(done: { readonly rc: number; readonly out: string; readonly err: string }): string {
  const said = (done.err.trim() || done.out.trim()).split('\n').at(-1)!;
  return said.replace(/^Error(?: response from daemon)?: */, '') || `docker ended with ${done.rc}`;
}

/**
 * Pulls an image, and tells what the engine then has. By the docker command, which knows the logins of registries and
 * the programs that keep them.
 */
export async function pullImage(
  engine: Engine,
  name: string,
  platform?: string,
): Promise<JsonObject | undefined> {
  const words = ['pull', '--quiet', ...(platform === undefined ? [] : ['--platform', platform]), '--', name];
  const done = await engine.run(words);
  if (done.rc !== 0) throw new StepError(`Error pulling image ${name} - ${lastWords(done)}`);
  return engine.object(imagePath(name));
}
