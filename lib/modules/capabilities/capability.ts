/** One capability of a file, as cap_text_formats(7) writes it; without `op` only its name is given. */
export type Capability = { readonly name: string; readonly op?: string; readonly flags?: string };

/** Reads NAME, NAME=FLAGS, NAME+FLAGS or NAME-FLAGS. */
export function parseCapability(written: string): Capability {
  const [, name = written, op, flags] = /^([^=+-]*)([=+-])(.*)$/.exec(written) ?? [];
  return { name, op, flags };
}

/** A capability's text. */
export function text({ name, op = '', flags = '' }: Capability): string {
  return `${name}${op}${flags}`;
}

/** Reads what `getcap -v PATH` prints: the path, then clauses, each of names with commas and flags. Older ones put = between. */
export function parseGetcap(output: string, path: string): Capability[] {
  const line = output.split('\n').find((l) => l.startsWith(path)) ?? '';
  const clauses = line
    .slice(path.length)
    .trim()
    .replace(/^= ?/, '')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
  return clauses.flatMap((clause) => {
    const { name, op, flags } = parseCapability(clause);
    return name.split(',').map((one) => ({ name: one, op, flags }));
  });
}
