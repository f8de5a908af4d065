import { reprString } from '../../values/print.js';
import { truthy } from '../../values/truth.js';
import type { Value } from '../../values/value.js';
import { TemplateError, type Test } from '../library.js';
import { flag, oneOf, text } from '../read.js';
import { is } from '../signature.js';
import { compareLoose, compareSemver, compareStrict } from '../versions/loose.js';
import { comparePep440 } from '../versions/pep440.js';

const SCHEMES = {
  loose: compareLoose,
  strict: compareStrict,
  semver: compareSemver,
  semantic: compareSemver,
  pep440: comparePep440,
};
type Scheme = keyof typeof SCHEMES;

const eq = (order: number): boolean => order === 0;
const ne = (order: number): boolean => order !== 0;
const lt = (order: number): boolean => order < 0;
const le = (order: number): boolean => order <= 0;
const gt = (order: number): boolean => order > 0;
const ge = (order: number): boolean => order >= 0;
const OPERATORS: Record<string, (order: number) => boolean> = {
  '==': eq,
  '=': eq,
  eq,
  '<': lt,
  lt,
  '<=': le,
  le,
  '>': gt,
  gt,
  '>=': ge,
  ge,
  '!=': ne,
  '<>': ne,
  ne,
};

function scheme(strict: Value | undefined, type: Value | undefined): Scheme {
  const given = type !== undefined && type !== null;
  if (given && strict !== undefined && strict !== null)
    throw new TemplateError("Cannot specify both 'strict' and 'version_type'");
  if (flag(strict)) return 'strict';
  return given ? oneOf(type, Object.keys(SCHEMES) as Scheme[], 'version_type') : 'loose';
}

const version = is(
  'version operator? strict? version_type?',
  (input, [other, operator = 'eq', strict, type]) => {
    if (!truthy(input)) throw new TemplateError('Input version value cannot be empty');
    if (!truthy(other!)) throw new TemplateError('Version parameter to compare against cannot be empty');
    const compare = SCHEMES[scheme(strict, type)];
    const holds = OPERATORS[text(operator)];
    if (!holds)
      throw new TemplateError(
        `Invalid operator type (${text(operator)}). Must be one of ${Object.keys(OPERATORS).map(reprString).join(', ')}`,
      );
    return holds(compare(text(input), text(other)));
  },
);

/** Tests that compare versions. */
export const versionTests: Record<string, Test> = { version, version_compare: version };
