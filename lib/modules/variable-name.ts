import { FfeError } from '../errors/error.js';

/** Refuses names that no variable can have. */
export function checkVariableName(name: string): void {
  if (/^[A-Za-z_]\w*$/.test(name)) return;
  throw new FfeError(
    'bad-value',
    `The variable name '${name}' is not valid. Variables must start with a letter or underscore character, and contain only letters, numbers and underscores.`,
  );
}
