/** A version's parts as deb-version(7) has them: epoch, upstream version, revision. */
function split(version: string): [epoch: number, upstream: string, revision: string] {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(version) ?? [];
  const dash = rest.lastIndexOf('-');
  return dash < 0 ? [Number(epoch), rest, ''] : [Number(epoch), rest.slice(0, dash), rest.slice(dash + 1)];
}

/** Letters sort before other signs, and a tilde before everything, even the end. */
function weight(c: string | undefined): number {
  if (c === undefined || /\d/.test(c)) return 0;
  if (c === '~') return -1;
  return /[A-Za-z]/.test(c) ? c.charCodeAt(0) : c.charCodeAt(0) + 256;
}

function compareText(a: string, b: string): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const d = weight(a[i]) - weight(b[i]);
    if (d !== 0) return d;
  }
  return 0;
}

function comparePart(a: string, b: string): number {
  const pieces = (s: string) => [...s.matchAll(/(\D*)(\d*)/g)].map((m) => [m[1] ?? '', m[2] ?? ''] as const);
  const [left, right] = [pieces(a), pieces(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [textA = '', digitsA = ''] = left[i] ?? [];
    const [textB = '', digitsB = ''] = right[i] ?? [];
    const d = compareText(textA, textB);
    if (d !== 0) return d;
    const n = BigInt(digitsA || '0') - BigInt(digitsB || '0');
    if (n !== 0n) return n < 0n ? -1 : 1;
  }
  return 0;
}

/** Compares two versions by the rules of deb-version(7): negative, zero or positive. */
export function compareVersions(a: string, b: string): number {
  const [epochA, upstreamA, revisionA] = split(a);
  const [epochB, upstreamB, revisionB] = split(b);
  return epochA - epochB || comparePart(upstreamA, upstreamB) || comparePart(revisionA, revisionB);
}
