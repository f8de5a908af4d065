import type { JsonObject } from '../../values/json.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import { CURVES } from './curves.js';
import type { KeyFormat, Probed } from './key-probe.js';
import { hasRawForm, KEY_TYPES, type KeyWish } from './make-key.js';
import { backendArg } from './object-args.js';
import { toPem } from './pem.js';
import { fingerprints, oneFingerprint } from './public-key.js';

/** The arguments that say what a key is to be like. */
export const keyArgs = {
  type: { type: 'str', default: 'RSA', choices: KEY_TYPES, doc: 'The kind of key.' },
  size: { type: 'int', default: 4096, doc: 'Bits of an RSA or DSA key.' },
  curve: { type: 'str', choices: CURVES.map((c) => c.name), doc: 'The curve of an ECC key.' },
  passphrase: { type: 'str', noLog: true, doc: 'Closes the key, and opens it.' },
  cipher: { type: 'str', doc: "How it is closed: auto, or a cipher in OpenSSL's words." },
  format: {
    type: 'str',
    default: 'auto_ignore',
    choices: ['auto', 'auto_ignore', 'pkcs1', 'pkcs8', 'raw'],
    doc: 'How it is written: auto takes pkcs1 where the kind has it, else pkcs8; auto_ignore so for new keys only.',
  },
  format_mismatch: {
    type: 'str',
    default: 'regenerate',
    choices: ['convert', 'regenerate'],
    doc: 'What becomes of a key that is written otherwise.',
  },
  regenerate: {
    type: 'str',
    default: 'full_idempotence',
    choices: ['always', 'fail', 'full_idempotence', 'never', 'partial_idempotence'],
    doc: 'When a key is made although there is one: never; fail when it differs; for another kind or size (partial_idempotence); also when it cannot be opened (full_idempotence); always.',
  },
  select_crypto_backend: backendArg('cryptography'),
} as const satisfies ArgSpec;

/** Rules between them. */
export const keyRules = {
  requiredTogether: [['cipher', 'passphrase']],
  requiredIf: [['type', 'ECC', ['curve']]],
} as const;

type Args = ArgsOf<typeof keyArgs>;

/** What is to be done about a key: nothing, another form of it, a new one; or why it cannot be. */
export type Decision =
  | { readonly to: 'keep' }
  | { readonly to: 'make' | 'convert'; readonly reason: string }
  | { readonly to: 'fail'; readonly msg: string };

/** The form that a key is written in. */
export function formatFor(args: Args): KeyFormat {
  if (args.format !== 'auto' && args.format !== 'auto_ignore') return args.format;
  return hasRawForm(args.type) ? 'pkcs8' : 'pkcs1';
}

/** What OpenSSL is to make. */
export function keyWish(args: Args): KeyWish {
  return { ...args, curve: args.curve as string | undefined, format: formatFor(args) };
}

/** A wish that no key can meet; undefined for one that can. */
export function impossible(args: Args): string | undefined {
  const form = formatFor(args);
  const fits = hasRawForm(args.type) ? form !== 'pkcs1' : form !== 'raw';
  if (!fits) return `A key of type ${args.type} cannot be written in the format ${form}`;
  if (args.cipher !== undefined && !/^[a-z0-9-]+$/i.test(args.cipher))
    return `cipher must be auto or the name of a cipher, found '${args.cipher}'`;
  return undefined;
}

function opens(args: Args, now: Probed): boolean {
  if (now.key === undefined) return false;
  return now.format === 'raw'
    ? args.passphrase === undefined
    : now.encrypted === (args.passphrase !== undefined);
}

function alike(args: Args, { key }: Probed): boolean {
  if (key?.type !== args.type) return false;
  if (key.type === 'ECC') return key.curve === args.curve;
  return hasRawForm(key.type) || key.size === args.size;
}

const FORCE = 'To make a new one, set regenerate to full_idempotence or always, or force to true.';

/** Decides what is to be done about the key that is there. */
export function decide(args: Args, now: Probed, force = false): Decision {
  const { regenerate } = args;
  if (!now.exists) return { to: 'make', reason: 'there is no key' };
  if (force || regenerate === 'always') return { to: 'make', reason: 'a new key is asked for' };
  const again = regenerate === 'full_idempotence' || regenerate === 'partial_idempotence';
  if (!opens(args, now)) {
    if (regenerate === 'full_idempotence') return { to: 'make', reason: 'the key cannot be opened' };
    const msg = `Unable to read the key. The key is protected with a another passphrase / no passphrase or broken. ${FORCE}`;
    return { to: 'fail', msg };
  }
  if (regenerate !== 'never' && !alike(args, now)) {
    if (again) return { to: 'make', reason: 'the key is of another kind or size' };
    return { to: 'fail', msg: `Key has wrong type and/or size. ${FORCE}` };
  }
  if (args.format === 'auto_ignore' || now.format === formatFor(args)) return { to: 'keep' };
  if (args.format_mismatch === 'convert') return { to: 'convert', reason: 'the key is written otherwise' };
  if (regenerate === 'never') return { to: 'keep' };
  if (again) return { to: 'make', reason: 'the key is written otherwise' };
  return { to: 'fail', msg: `Key has wrong format. ${FORCE} To keep it, set format_mismatch to convert.` };
}

/** What diffs show of a key. */
export function keyFacts(now: Probed): JsonObject {
  if (!now.exists) return {};
  if (!now.key) return { can_parse_key: false, key_is_consistent: null };
  const { type, data, der } = now.key;
  return {
    can_parse_key: true,
    key_is_consistent: null,
    public_key: toPem('PUBLIC KEY', der),
    public_key_fingerprints: oneFingerprint(der),
    type,
    public_data: data,
  };
}

/** Result fields about a key and what was asked of it. */
export function keyResult(args: Args, now: Probed): JsonObject {
  return {
    type: args.type,
    size: args.size,
    ...(args.type === 'ECC' && { curve: args.curve }),
    fingerprint: now.key ? fingerprints(now.key.der) : null,
  };
}
