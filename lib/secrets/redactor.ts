import type { Json, JsonObject } from '../values/json.js';

/** Hides secrets in everything that leaves a run. */
export type Redactor = {
  /** Makes a secret known. Texts shorter than 4 characters are not hidden: they would hide everything else. */
  add(secret: string): void;
  /** A text with every known secret replaced by `********`. */
  text(value: string): string;
  /** The same for every string and key of a result. */
  json<T extends Json | undefined>(value: T): T;
};

const SHORTEST = 4;
const MASK = '********';

/** Forms in which a secret may turn up: as it is, line by line, in JSON, in base64 and in a URL. */
function forms(secret: string): string[] {
  const lines = secret.split('\n').map((l) => l.trim());
  const all = [
    secret,
    secret.trim(),
    ...lines,
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    encodeURIComponent(secret),
  ];
  return all.filter((f) => f.length >= SHORTEST);
}

/** A redactor that knows no secrets yet. The longest secret is replaced first, so that no part of one remains. */
export function createRedactor(): Redactor {
  const known = new Set<string>();
  let pattern: RegExp | undefined;
  const rebuild = (): RegExp => {
    const longestFirst = [...known].sort((a, b) => b.length - a.length);
    pattern = new RegExp(longestFirst.map((s) => s.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
    return pattern;
  };
  const text = (value: string): string =>
    known.size === 0 || value.length < SHORTEST ? value : value.replace(pattern ?? rebuild(), MASK);
  const json = <T extends Json | undefined>(value: T): T =>
    known.size === 0 ? value : (clean(value, text) as T);
  return {
    add: (secret) => {
      for (const form of forms(secret)) {
        if (known.has(form)) continue;
        known.add(form);
        pattern = undefined;
      }
    },
    text,
    json,
  };
}

function clean(value: Json | undefined, text: (v: string) => string): Json | undefined {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((v) => clean(v, text) ?? null);
  if (value === null || typeof value !== 'object') return value;
  const out: JsonObject = {};
  for (const [key, v] of Object.entries(value)) out[text(key)] = clean(v, text);
  return out;
}
