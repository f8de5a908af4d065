import { fromJson } from '../../values/convert.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { Value } from '../../values/value.js';
import { AheadError, type Caller, type Kwargs, type Lookup, TemplateError } from '../library.js';
import { lookup, type Options, termText } from './options.js';
import { CONNECTION_OPTIONS, connect, disclosed } from './vault-connection.js';

const CONNECTION = CONNECTION_OPTIONS.join(' ');
const LATER = 'a secret is only read when its task runs';

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function dataOf(answer: Json): JsonObject {
  const data = isObject(answer) ? answer.data : undefined;
  return isObject(data) ? data : {};
}

/** What a KV engine of version 2 keeps beside its metadata; other answers as they are. */
function inner(data: JsonObject): JsonObject {
  return isObject(data.data) && isObject(data.metadata) ? data.data : data;
}

/** A term like `secret=kv/data/app:password token=x`: the words become options; a word without a sign is the secret. */
function termOptions(term: string): Map<string, Value> {
  const words = term.trim().split(/\s+/);
  return new Map(
    words.map((word, i) => {
      const [name, value] = word.split(/=(.*)/s);
      if (value !== undefined) return [name!, value] as const;
      if (i === 0) return ['secret', word] as const;
      throw new TemplateError(`hashi_vault lookup plugin needs key=value pairs, but received '${word}'`);
    }),
  );
}

function oneSecret(options: Options, caller: Caller): Value[] {
  const wanted = options.text('secret', '');
  const [path = '', field] = wanted.split(/:(.*)/s);
  if (path === '')
    throw new TemplateError('hashi_vault needs a secret, such as secret=secret/data/app:password');
  const format = options.text('return_format', options.text('as', 'dict'));
  const answer = connect(options, caller)(path.replace(/^\/+/, ''));
  const data = inner(dataOf(answer));
  if (field !== undefined && field !== '') {
    const value = data[field];
    if (value === undefined)
      throw new TemplateError(`The secret ${path} does not contain the field '${field}'.`);
    return [disclosed(value, caller)];
  }
  if (format === 'raw') return [disclosed(answer, caller)];
  if (format === 'values') return Object.values(data).map((value) => disclosed(value as Json, caller));
  if (format === 'dict') return [disclosed(data, caller)];
  throw new TemplateError(`return_format is dict, values or raw, not ${format}`);
}

const HASHI = lookup(`${CONNECTION} secret return_format as`, (_, options, caller) =>
  oneSecret(options, caller),
);

/** What the two lookups for KV engines give of an answer. */
function kept(answer: Json, two: boolean, caller: Caller): Value {
  const all = dataOf(answer);
  const data = two && isObject(all.data) ? all.data : all;
  const { data: _, ...rest } = isObject(answer) ? answer : {};
  const metadata = two && isObject(all.metadata) ? all.metadata : rest;
  const secret = disclosed(data, caller);
  const plain = fromJson({ raw: answer, metadata } as JsonObject) as Map<Value, Value>;
  return new Map<Value, Value>([
    ['raw', plain.get('raw')!],
    ['data', secret],
    ['metadata', plain.get('metadata')!],
    ['secret', secret],
  ]);
}

function fromEngine(two: boolean): Lookup {
  const known = `${CONNECTION} engine_mount_point${two ? ' version' : ''}`;
  return lookup(known, (terms, options, caller) => {
    if (caller.host.ahead) throw new AheadError(LATER);
    const ask = connect(options, caller);
    const mount = options.text('engine_mount_point', two ? 'secret' : 'kv').replace(/^\/+|\/+$/g, '');
    const version = two ? options.text('version', '') : '';
    return terms.map((term) => {
      const path = termText(term).replace(/^\/+/, '');
      const answer = ask(`${mount}/${two ? 'data/' : ''}${path}`, version ? { version } : {});
      return kept(answer, two, caller);
    });
  });
}

/** Lookups that read secrets from a server of HashiCorp Vault or OpenBao, as the collection community.hashi_vault has them. */
export const vaultServerLookups: Record<string, Lookup> = {
  hashi_vault: (terms, kwargs, caller) => {
    if (caller.host.ahead) throw new AheadError(LATER);
    if (terms.length === 0) return HASHI([], kwargs, caller);
    return terms.flatMap((term) => {
      const own: Kwargs = new Map([...kwargs, ...termOptions(termText(term))]);
      return HASHI([], own, caller);
    });
  },
  vault_kv1_get: fromEngine(false),
  vault_kv2_get: fromEngine(true),
  vault_read: lookup(CONNECTION, (terms, options, caller) => {
    if (caller.host.ahead) throw new AheadError(LATER);
    const ask = connect(options, caller);
    return terms.map((term) => disclosed(ask(termText(term).replace(/^\/+/, '')), caller));
  }),
};
