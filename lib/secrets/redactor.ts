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
/** Secrets longer than this are compared where they stand. */
const COPIED = 512;

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

/** Secrets with the same first characters: by length, so that a thousand lines of one file cost no more than one. */
type Group = Map<number, Set<string>>;

/** Secrets by their first characters; in each group the longest come first. */
type Index = Map<string, Group>;

function put(index: Index, secret: string): void {
  const head = secret.slice(0, SHORTEST);
  const group = index.get(head) ?? new Map();
  const same = group.get(secret.length);
  if (same) {
    same.add(secret);
    return;
  }
  const all = [...group, [secret.length, new Set([secret])] as const];
  index.set(head, new Map(all.sort(([a], [b]) => b - a)));
}

/** The length of the longest secret of a group that stands at a place; 0 when none does. */
function standing(group: Group, value: string, at: number): number {
  for (const [length, secrets] of group) {
    if (at + length > value.length) continue;
    // A long secret is compared in place, which ends at the first difference: cutting it out would copy it each time.
    const found =
      length > COPIED
        ? [...secrets].some((s) => value.startsWith(s, at))
        : secrets.has(value.slice(at, at + length));
    if (found) return length;
  }
  return 0;
}

/** Masks from left to right, the longest secret at each place: its time does not grow with the number of secrets. */
function mask(value: string, index: Index): string {
  let out = '';
  let kept = 0;
  for (let i = 0; i + SHORTEST <= value.length; ) {
    const group = index.get(value.slice(i, i + SHORTEST));
    const length = group ? standing(group, value, i) : 0;
    if (length === 0) {
      i += 1;
      continue;
    }
    out += value.slice(kept, i) + MASK;
    i += length;
    kept = i;
  }
  return kept === 0 ? value : out + value.slice(kept);
}

/** A redactor that knows no secrets yet. The longest secret is replaced first, so that no part of one remains. */
export function createRedactor(): Redactor {
  const index: Index = new Map();
  const text = (value: string): string => (index.size === 0 ? value : mask(value, index));
  return {
    add: (secret) => {
      for (const form of forms(secret)) put(index, form);
    },
    text,
    json: <T extends Json | undefined>(value: T): T => (index.size === 0 ? value : (clean(value, text) as T)),
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
