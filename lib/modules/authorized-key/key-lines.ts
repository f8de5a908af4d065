/** Options before a key, in order: a name with its values, null for one that has none. */
export type KeyOptions = readonly (readonly [name: string, value: string | null])[];

/** One line of an authorized_keys file: a key, or anything else (a comment, an empty line), kept as it is. */
export type KeyLine =
  | { readonly kind: 'other'; readonly id: string; readonly rank: number }
  | {
      readonly kind: 'key';
      /** The key itself, base64. */
      readonly id: string;
      readonly type: string;
      readonly options: KeyOptions;
      readonly comment: string;
      readonly rank: number;
    };

/** The key types of sshd(8), with certificates and security keys. */
const TYPE =
  /^(?:(?:sk-|webauthn-sk-)?ecdsa-sha2-nistp(?:256|384|521)(?:-cert-v01)?(?:@openssh\.com)?|(?:sk-)?ssh-ed25519(?:-cert-v01)?(?:@openssh\.com)?|ssh-(?:dss|rsa|xmss)(?:-cert-v01)?(?:@openssh\.com)?|rsa-sha2-(?:256|512)(?:-cert-v01@openssh\.com)?)$/;

/** Takes options apart at commas that stand outside quotes. */
export function parseOptions(text: string): KeyOptions {
  const parts = text.match(/(?:[^,"']|"[^"]*"|'[^']*')+/g) ?? [];
  return parts.map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? ([part, null] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
  });
}

/** Reads a line as a key; undefined when it is none. */
export function parseKey(line: string, rank: number): Extract<KeyLine, { kind: 'key' }> | undefined {
  const words = line
    .replace(/\\#/g, '#')
    .split(/[ \t\r\n]+/)
    .filter((w) => w !== '');
  const at = words.findIndex((w) => TYPE.test(w));
  const id = words[at + 1];
  if (at < 0 || words[0] === '#' || id === undefined) return undefined;
  const options = at === 0 ? [] : parseOptions(words.slice(0, at).join(' '));
  return { kind: 'key', id, type: words[at] ?? '', options, comment: words.slice(at + 2).join(' '), rank };
}

/** All lines of a file by what they are known by; of two with the same key the later one stays. */
export function parseKeys(text: string): Map<string, KeyLine> {
  const lines = new Map<string, KeyLine>();
  for (const [rank, line] of (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).entries()) {
    const key = parseKey(line, rank) ?? { kind: 'other' as const, id: line, rank };
    lines.set(key.id, key);
  }
  return lines;
}

/** True when two lines hold the same key with the same options and comment. */
export function sameKey(a: KeyLine, b: KeyLine): boolean {
  if (a.kind !== 'key' || b.kind !== 'key') return a.kind === b.kind && a.id === b.id;
  const sorted = (o: KeyOptions) =>
    JSON.stringify([...o].sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0)));
  return (
    a.id === b.id && a.type === b.type && a.comment === b.comment && sorted(a.options) === sorted(b.options)
  );
}

/** The text of a file, lines in the order of their ranks. */
export function renderKeys(lines: Iterable<KeyLine>): string {
  const ordered = [...lines].sort((a, b) => a.rank - b.rank);
  const text = (line: KeyLine) => {
    if (line.kind === 'other') return line.id;
    const options = line.options
      .map(([name, value]) => (value === null ? name : `${name}=${value}`))
      .join(',');
    return `${options}${options && ' '}${line.type} ${line.id} ${line.comment}\n`;
  };
  return ordered.map(text).join('');
}
