import { compareStrings } from '../../values/order.js';
import { TemplateError } from '../library.js';

/** Compares two lists of numbers and words item by item, then by length; a number and a word have no order. */
function compareParts(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (y === undefined) return 1;
    if (x === y) continue;
    if (typeof x === 'number' && typeof y === 'number') return x - y;
    if (typeof x === 'string' && typeof y === 'string') return compareStrings(x, y);
    throw new TemplateError(`'${x}' and '${y}' have no order`);
  }
  return a.length - b.length;
}

function looseParts(version: string): (number | string)[] {
  const parts = version.split(/(\d+|[a-z]+|\.)/).filter((part) => part !== '' && part !== '.');
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** The order of two versions as Python's LooseVersion has it: numbers and words between dots. */
export function compareLoose(a: string, b: string): number {
  return compareParts(looseParts(a), looseParts(b));
}

function strictParts(version: string): number[] {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$/.exec(version);
  if (!match) throw new TemplateError(`invalid version number '${version}'`);
  const [, major, minor, patch = '0', letter, serial = '0'] = match;
  // A pre-release comes before its release.
  return [
    Number(major),
    Number(minor),
    Number(patch),
    letter ? (letter === 'a' ? -2 : -1) : 0,
    Number(serial),
  ];
}

/** The order of two versions as Python's StrictVersion has it: `1.2`, `1.2.3`, `1.2b1`. */
export function compareStrict(a: string, b: string): number {
  return compareParts(strictParts(a), strictParts(b));
}

const CORE = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;

function semverParts(version: string): { core: number[]; pre: string[] } {
  const match = CORE.exec(version);
  const pre = match?.[4]?.split('.') ?? [];
  const named = [...pre, ...(match?.[5]?.split('.') ?? [])];
  if (!match || named.includes('') || pre.some((p) => /^0\d+$/.test(p)))
    throw new TemplateError(`invalid semantic version '${version}'`);
  return { core: match.slice(1, 4).map(Number), pre };
}

function comparePre(a: string, b: string): number {
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (x && y) return Number(a) - Number(b);
  return x === y ? compareStrings(a, b) : x ? -1 : 1;
}

/** The order of two versions by semver.org's rules (2.0.0); build metadata does not count. */
export function compareSemver(a: string, b: string): number {
  const [x, y] = [semverParts(a), semverParts(b)];
  const core = compareParts(x.core, y.core);
  if (core !== 0 || (x.pre.length === 0 && y.pre.length === 0)) return core;
  if (x.pre.length === 0 || y.pre.length === 0) return x.pre.length === 0 ? 1 : -1;
  for (const [i, part] of x.pre.entries()) {
    if (y.pre[i] === undefined) return 1;
    const order = comparePre(part, y.pre[i]);
    if (order) return order;
  }
  return x.pre.length - y.pre.length;
}
