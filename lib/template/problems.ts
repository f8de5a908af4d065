import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { ValueProblem } from '../values/problem.js';
import { SyntaxProblem } from './lex/token.js';
import { AheadError, TemplateError } from './library.js';
import { placeOf, type Render, type Unit } from './runtime/state.js';
import { UndefinedUse } from './runtime/undefined.js';

function undefinedError(r: Render, { culprit }: UndefinedUse): FfeError {
  const pos = culprit.pos ?? placeOf(r, r.at);
  const plain = culprit.message === `'${culprit.name}' is undefined`;
  const near = plain ? didYouMean(culprit.name, r.scope.names()) : '';
  return new FfeError('undefined', culprit.message + near, {
    ...(pos && { pos }),
    ...(culprit.name !== '' && { span: culprit.name.length }),
    cause: culprit,
  });
}

/** A syntax error with its place in the file, or any other error as it is. */
export function syntaxError(error: unknown, unit: Unit): unknown {
  if (!(error instanceof SyntaxProblem)) return error;
  const pos = unit.place(error.lineno, error.colno);
  const text = error.code === 'parse' ? `template syntax: ${error.message}` : error.message;
  return new FfeError(error.code, text, { ...(pos && { pos }) });
}

function placedAt(error: FfeError, r: Render): FfeError {
  const pos = placeOf(r, r.at);
  return pos ? new FfeError(error.code, error.message, { pos }) : error;
}

/** What a user is told of anything that went wrong in a render. */
export function renderError(error: unknown, r: Render): unknown {
  if (error instanceof SyntaxProblem) return syntaxError(error, r.unit);
  if (error instanceof FfeError && error.code === 'unknown-name' && !error.pos) return placedAt(error, r);
  if (error instanceof FfeError || error instanceof AheadError) return error;
  if (error instanceof UndefinedUse) return undefinedError(r, error);
  const pos = placeOf(r, r.at);
  const detail = pos ? { pos, cause: error } : { cause: error };
  if (error instanceof ValueProblem) return new FfeError('template', error.message, detail);
  if (error instanceof TemplateError) return new FfeError('template', error.message, detail);
  if (error instanceof RangeError)
    return new FfeError('template', 'the template recurses too deeply, or grows too large', detail);
  return error;
}
