import { FfeError } from '../errors/error.js';
import { attempt, type Reports } from './reports.js';

/** All that goes wrong in a piece of reading. */
export function failures(work: () => void): FfeError[] {
  const errors: FfeError[] = [];
  attempt({ error: (e) => errors.push(e), warn: () => undefined }, work);
  return errors;
}

/**
 * Keeps count of the sources that could be read. When not every one is required, the errors of a source become
 * warnings; `end` reports what it means when none could be read (with 'any' that is an error).
 */
export function makeTrial(required: 'every' | 'any' | 'none', reports: Reports) {
  let read = 0;
  return {
    tried: (source: string, errors: readonly FfeError[]): void => {
      if (errors.length === 0) read++;
      else if (required === 'every') for (const error of errors) reports.error(error);
      else {
        for (const { message, hint, pos } of errors)
          reports.warn(hint === undefined ? message : `${message}; ${hint}`, pos);
        reports.warn(`Unable to parse ${source} as an inventory source`);
      }
    },
    end: (): void => {
      if (read > 0 || required === 'every') return;
      const text = 'No inventory was parsed';
      if (required === 'none') reports.warn(`${text}, only implicit localhost is available`);
      else reports.error(new FfeError('not-found', `${text}, please check your configuration and options`));
    },
  };
}
