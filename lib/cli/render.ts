import { FfeError } from '../errors/error.js';

/** The verb `render`: tries a template. */
export async function render(args: string[]): Promise<number> {
  throw new FfeError('unsupported', `render is not there yet (${args.length} arguments)`);
}
