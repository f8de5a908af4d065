import { float } from '../values/number.js';
import { Bytes, type Raw, Sealed, Tuple, Unsafe, type Value } from '../values/value.js';
import { resolvePlain, yamlBool, yamlFloat, yamlInt, yamlStamp } from './scalar.js';

const CORE = 'tag:yaml.org,2002:';

function decodeBase64(text: string): Bytes {
  return new Bytes(Buffer.from(text, 'base64'));
}

function wholeFloat(text: string): Value | undefined {
  const n = yamlInt(text);
  return n === undefined ? undefined : float(Number(n));
}

const SCALARS: Readonly<Record<string, (text: string) => Raw | undefined>> = {
  '!': resolvePlain,
  '!unsafe': (text) => new Unsafe(text),
  '!vault': (text) => new Sealed(text),
  '!vault-encrypted': (text) => new Sealed(text),
  [`${CORE}str`]: (text) => text,
  [`${CORE}python/str`]: (text) => text,
  [`${CORE}python/unicode`]: (text) => text,
  [`${CORE}null`]: () => null,
  [`${CORE}bool`]: yamlBool,
  [`${CORE}int`]: yamlInt,
  [`${CORE}float`]: (text) => yamlFloat(text) ?? wholeFloat(text),
  [`${CORE}timestamp`]: yamlStamp,
  [`${CORE}binary`]: decodeBase64,
};

/** All tags that scalars may carry, for suggestions. */
export const SCALAR_TAGS: readonly string[] = Object.keys(SCALARS).map((t) => t.replace(CORE, '!!'));

/** A tagged scalar's value; 'unknown' for a tag nobody knows, 'bad' for a text that does not fit its tag. */
export function taggedScalar(tag: string, text: string): { value: Raw } | 'unknown' | 'bad' {
  const make = SCALARS[tag];
  if (!make) return 'unknown';
  const value = make(text);
  return value === undefined ? 'bad' : { value };
}

/** Every string below a `!unsafe` list or dict becomes unsafe itself; positions stay, for the containers do. */
export function makeUnsafe(value: Raw): Raw {
  if (typeof value === 'string') return new Unsafe(value);
  if (Array.isArray(value)) for (const [i, item] of value.entries()) value[i] = makeUnsafe(item) as Value;
  if (value instanceof Map)
    for (const [key, item] of value) (value as Map<Value, Raw>).set(key, makeUnsafe(item));
  return value;
}

function pairs(list: readonly Raw[]): Raw[] {
  return list.map((item) => {
    const [entry] = item instanceof Map ? [...item] : [];
    return new Tuple(entry ? [entry[0], entry[1] as Value] : []);
  });
}

/** A tagged list or dict; undefined for an unknown tag. A set becomes the list of its members. */
export function taggedContainer(tag: string, value: Raw): Raw | undefined {
  if (tag === '!unsafe') return makeUnsafe(value);
  if (value instanceof Map) {
    if (tag === `${CORE}map` || tag === `${CORE}python/dict`) return value;
    return tag === `${CORE}set` ? [...value.keys()] : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  if (tag === `${CORE}seq`) return value;
  return tag === `${CORE}omap` || tag === `${CORE}pairs` ? pairs(value) : undefined;
}
