/** The lines of a checksum file (`HASH  NAME`, or one bare hash) searched for a file's hash. */
export function checksumFor(text: string, filename: string): string | undefined {
  const lines = text.split('\n').filter((l) => l.trim() !== '');
  if (lines.length === 1 && !/\s/.test(lines[0]!.trim())) return lines[0]!.trim();
  for (const line of lines) {
    const [, hash, name = ''] = /^(\S+) [ *]?(.*)$/.exec(line) ?? [];
    if (name.replace(/^[./]+/, '').trim() === filename) return hash;
  }
  return undefined;
}

/** `ALGORITHM:HASH-OR-URL` taken apart; undefined when it has not that form. */
export function parseChecksum(
  text: string,
): { readonly algorithm: string; readonly value: string } | undefined {
  const [, algorithm, value] = /^([A-Za-z0-9_-]+):(.+)$/s.exec(text.trim()) ?? [];
  return algorithm === undefined || value === undefined
    ? undefined
    : { algorithm: algorithm.toLowerCase(), value };
}
