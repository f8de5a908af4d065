/** An operation that Python would refuse for these values (TypeError, ValueError, KeyError ...); callers add the place. */
export class ValueProblem extends Error {
  /** Python's name of the exception, for example `TypeError`. */
  constructor(
    message: string,
    readonly kind = 'TypeError',
  ) {
    super(message);
    this.name = 'ValueProblem';
  }
}
