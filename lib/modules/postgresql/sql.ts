/** A name as SQL has it: in double quotes. An empty one is the server's to refuse. */
export function ident(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

/** A text as SQL has it, whatever standard_conforming_strings says. */
export function literal(text: string): string {
  const quoted = `'${text.replace(/'/g, "''")}'`;
  return text.includes('\\') ? ` E${quoted.replace(/\\/g, '\\\\')}` : quoted;
}

/** An array of texts. */
export function textArray(texts: readonly string[]): string {
  return `ARRAY[${texts.map(literal).join(',')}]::text[]`;
}

/** The parts of a dotted name; a part in double quotes may hold dots. */
export function nameParts(name: string): string[] {
  const parts = [...name.matchAll(/"((?:[^"]|"")*)"(?=\.|$)|([^.]+)/g)];
  return parts.map(([, quoted, plain]) => quoted?.replace(/""/g, '"') ?? plain!);
}

/** A name of several parts, each quoted: `a.b` is the table b of the schema a. */
export function qualified(name: string): string {
  return nameParts(name).map(ident).join('.');
}

const DANGEROUS = [
  /['"].*--/,
  /(UNION|INTERSECT|EXCEPT).*SELECT/i,
  /;.*(SELECT|UPDATE|INSERT|DELETE|DROP|TRUNCATE|ALTER)/i,
];

/** What trust_input: false refuses among these texts, in Ansible's words; undefined when nothing is wrong. */
export function dangerous(texts: readonly (string | undefined)[]): string | undefined {
  const bad = texts.filter((t) => t !== undefined && DANGEROUS.some((pattern) => pattern.test(t)));
  return bad.length ? `Passed input '${bad.join(', ')}' is potentially dangerous` : undefined;
}
