import { FfeError, FfeErrors } from '../errors/error.js';
import type { Redactor } from '../secrets/redactor.js';

/**
 * Does work of which a defect of this program may end: whatever text such an error quotes goes through the redactor,
 * because nobody chose what stands in it. Errors that a user can cause pass as they are, and so does an interruption.
 */
export async function guarded<T>(redactor: Redactor, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const chosen = error instanceof FfeError || error instanceof FfeErrors || error instanceof DOMException;
    if (chosen || !(error instanceof Error)) throw error;
    error.message = redactor.text(error.message);
    if (error.stack !== undefined) error.stack = redactor.text(error.stack);
    throw error;
  }
}
