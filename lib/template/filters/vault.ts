import { FfeError } from '../../errors/error.js';
import { createVault, isSealed } from '../../secrets/vault.js';
import { typeName } from '../../values/typename.js';
import { Undefined } from '../../values/undefined.js';
import { Bytes, type Value } from '../../values/value.js';
import { decode } from '../bytes.js';
import { type Filter, TemplateError } from '../library.js';
import { use } from '../runtime/undefined.js';
import { filter, looseFilter } from '../signature.js';

function secretText(v: Value | undefined, what: string): string {
  if (typeof v === 'string') return v;
  if (v instanceof Bytes) return decode(v.data);
  throw new TemplateError(`${what} must be a text, not ${typeName(v ?? null)}`);
}

const optional = (v: Value | undefined): string => (typeof v === 'string' ? v : 'filter_default');

const vault = filter('secret salt? vaultid? wrap_object?', (input, [secret, salt, id, wrap], { host }) => {
  const [text, password] = [secretText(input, 'what is sealed'), secretText(secret, 'the secret')];
  host.secret(password);
  host.secret(text);
  const bytes = salt === undefined || salt === null ? undefined : Buffer.from(secretText(salt, 'the salt'));
  const sealed = createVault([]).seal(text, { id: optional(id), password }, bytes);
  if (wrap === true) host.sealed?.add(sealed);
  return sealed;
});

const unvault = looseFilter('secret vaultid?', (input, [secret, id], { host }) => {
  const given = (input instanceof Undefined && input.sealed?.envelope) || use(input);
  const [text, password] = [
    secretText(given, 'what is opened'),
    secretText(secret && use(secret), 'the secret'),
  ];
  if (!isSealed(text)) return text;
  host.secret(password);
  try {
    const opened = createVault([{ id: optional(id && use(id)), password }]).open(text);
    host.secret(opened);
    return opened;
  } catch (error) {
    if (error instanceof FfeError) throw new TemplateError(`unvault: ${error.message}`, { cause: error });
    throw error;
  }
});

/** Filters that seal and open vault texts with a secret of their own. */
export const vaultFilters: Record<string, Filter> = { vault, unvault };
