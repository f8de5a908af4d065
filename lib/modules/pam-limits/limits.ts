/** A limit that cannot be, or a file that holds such a one. */
export class LimitError extends Error {}

/** What is wished of one line of limits.conf(5). */
export type Limit = {
  readonly domain: string;
  readonly limit_type: string;
  readonly limit_item: string;
  readonly value: string;
  readonly use_max: boolean;
  readonly use_min: boolean;
  readonly comment: string;
};

const NONE = ['unlimited', 'infinity', '-1'];
const RANGED = ['nice', 'priority'];

/** Throws a LimitError for a value that the item cannot have. */
export function checkValue(item: string, value: string, where = ''): void {
  const ranged = RANGED.includes(item);
  const number = Number(value);
  const valid = ranged
    ? /^-?\d+$/.test(value) && number >= -20 && number <= 19
    : NONE.includes(value) || /^\d+$/.test(value);
  if (valid) return;
  const expected = ranged
    ? 'a number from -20 to 19'
    : "'unlimited', 'infinity' or -1, or a limit of 0 or larger";
  throw new LimitError(`${where}Value of '${value}' for item '${item}' is invalid: expected ${expected}`);
}

/** The value that is to stand there, where another one stands already. */
function wished(limit: Limit, now: string): string {
  const ranged = RANGED.includes(limit.limit_item);
  const size = (text: string) => (!ranged && NONE.includes(text) ? Number.POSITIVE_INFINITY : Number(text));
  const larger = size(now) >= size(limit.value);
  if (limit.use_max) return larger ? now : limit.value;
  if (limit.use_min) return larger ? limit.value : now;
  return limit.value;
}

function rendered(limit: Limit, value: string, comment: string): string {
  const end = comment === '' ? '' : `\t#${comment}`;
  return `${limit.domain}\t${limit.limit_type}\t${limit.limit_item}\t${value}${end}\n`;
}

/** The text with the limit in it, and the line that now says so. */
export function withLimit(text: string, limit: Limit, path: string): { text: string; line: string } {
  const lines = text.split(/(?<=\n)/);
  const found: string[] = [];
  const out = lines.map((line) => {
    const [body = '', ...rest] = line.split('#');
    const [domain, type, item, value, more] = body.trim().split(/\s+/);
    if (value === undefined || more !== undefined) return line;
    checkValue(item!, value, `Invalid configuration found in '${path}'. `);
    if (domain !== limit.domain || type !== limit.limit_type || item !== limit.limit_item) return line;
    const fresh = wished(limit, value);
    const same = fresh === value;
    found.push(same ? line : rendered(limit, fresh, limit.comment || rest.join('#').trimEnd()));
    return found.at(-1)!;
  });
  const last = found.at(-1);
  if (last !== undefined) return { text: out.join(''), line: last };
  const line = rendered(limit, limit.value, limit.comment);
  const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return { text: ended + line, line };
}
