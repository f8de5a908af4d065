import { compareStrings } from '../../values/order.js';
import { TemplateError } from '../library.js';

const PRE = 'a|b|c|rc|alpha|beta|pre|preview';
const VERSION = new RegExp(
  `^\\s*v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)(?:[-_.]?(${PRE})[-_.]?(\\d*))?` +
    '((?:-(\\d+))|(?:[-_.]?(?:post|rev|r)[-_.]?(\\d*)))?([-_.]?dev[-_.]?(\\d*))?' +
    '(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\\s*$',
  'i',
);

type Key = { numbers: number[]; release: number[]; local: string[] | undefined };

const PHASE: Record<string, number> = { alpha: 0, a: 0, beta: 1, b: 1, c: 2, rc: 2, pre: 2, preview: 2 };

// Phases around a release, in order: development alone, the pre-releases, the release itself.
const DEV_ONLY = -1;
const FINAL = 3;

function keyOf(version: string): Key {
  const m = VERSION.exec(version);
  if (!m) throw new TemplateError(`invalid version: '${version}'`);
  const [, epoch = '0', release, pre, preNumber, post, dashPost, namedPost, dev, devNumber, local] = m;
  const phase = pre ? PHASE[pre.toLowerCase()]! : dev && !post ? DEV_ONLY : FINAL;
  return {
    release: [
      Number(epoch),
      ...release!
        .replace(/(\.0+)+$/, '')
        .split('.')
        .map(Number),
    ],
    numbers: [
      phase,
      Number(preNumber || 0),
      post ? Number(dashPost ?? (namedPost || 0)) : -1,
      dev ? Number(devNumber || 0) : Number.MAX_SAFE_INTEGER,
    ],
    local: local?.toLowerCase().split(/[-_.]/),
  };
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = (a[i] ?? Number.NEGATIVE_INFINITY) - (b[i] ?? Number.NEGATIVE_INFINITY);
    if (order) return order;
  }
  return 0;
}

function compareLocal(a: string[] | undefined, b: string[] | undefined): number {
  if (!a || !b) return Number(Boolean(a)) - Number(Boolean(b));
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (y === undefined) return 1;
    const [m, n] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    const order = m && n ? Number(x) - Number(y) : m === n ? compareStrings(x, y) : m ? 1 : -1;
    if (order) return order;
  }
  return a.length - b.length;
}

/** The order of two versions by PEP 440. */
export function comparePep440(a: string, b: string): number {
  const [x, y] = [keyOf(a), keyOf(b)];
  return (
    compareNumbers(x.release, y.release) ||
    compareNumbers(x.numbers, y.numbers) ||
    compareLocal(x.local, y.local)
  );
}
