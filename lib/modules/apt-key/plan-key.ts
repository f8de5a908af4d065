import type { Action } from '../../node/actions/action.js';
import type { PathAnswer, ReadAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, type Diff, failed, ok, type Plan } from '../plan.js';
import { probed } from '../probed-file.js';
import { armored, dearmored, type KeyBlock, KeyringError, readKeyring } from './openpgp.js';

/** What is wished of a key. */
export type KeyWish = {
  readonly id?: string;
  readonly file?: string;
  readonly keyring?: string;
  readonly state: 'absent' | 'present';
};

/** Where apt keeps the keys that no other place is named for. */
export const TRUSTED = '/etc/apt/trusted.gpg';

/** A keyring as it is, by its path. */
export type Keyring = { readonly path: string; readonly data: Buffer };

/** Keyrings as the node printed them: a path, then the bytes in base64, in turn. */
export function keyrings(answer: ReadAnswer): Keyring[] {
  const lines = answer.stdout.toString('utf8').split('\n');
  const pairs = lines.flatMap((path, i) =>
    i % 2 === 0 && path ? [{ path, data: Buffer.from(lines[i + 1] ?? '', 'base64') }] : [],
  );
  return pairs.filter(({ data }) => data.length > 0);
}

/** The three forms of an id: 8 digits, 16, and all that were given; undefined when it is none. */
export function idForms(id: string): { short: string; fingerprint: string; full: string } | undefined {
  const full = id.trim().toUpperCase().replace(/^0X/, '').replaceAll(' ', '');
  if (!/^[0-9A-F]+$/.test(full) || (full.length !== 8 && full.length < 16)) return undefined;
  return { short: full.slice(-8), fingerprint: full.slice(-16), full };
}

/** Whether a keyring has a key, or a subkey, of that id. */
export function hasKey(blocks: readonly KeyBlock[], id: string): boolean {
  return blocks.some((block) => block.ids.some((one) => one.endsWith(id)));
}

/** The keys of all keyrings; one that cannot be read has none, as for apt. */
export function blocksOf(data: Buffer): KeyBlock[] {
  try {
    return readKeyring(data);
  } catch (error) {
    if (error instanceof KeyringError) return [];
    throw error;
  }
}

type Given = { readonly keyring: PathAnswer; readonly rings: readonly Keyring[]; readonly key?: Buffer };

function write(path: string, bytes: Buffer, file: PathAnswer | undefined): Action {
  const data = path.endsWith('.asc') ? Buffer.from(armored(bytes)) : bytes;
  const attributes = file?.exists ? undefined : { mode: 0o644 };
  const expect = file ? probed(file) : ({ state: 'any' } as const);
  return { kind: 'write', path, content: { kind: 'bytes', data }, expect, attributes };
}

function add(wish: KeyWish, given: Given, key: Buffer): Action[] {
  const path = wish.keyring ?? TRUSTED;
  const before = given.rings.find((r) => r.path === path);
  return [
    write(path, Buffer.concat([dearmored(before?.data ?? Buffer.alloc(0)), dearmored(key)]), given.keyring),
  ];
}

function remove(given: Given, id: string): Action[] {
  return given.rings.flatMap(({ path, data }): Action[] => {
    const blocks = blocksOf(data);
    const kept = blocks.filter((b) => !hasKey([b], id));
    if (kept.length === blocks.length) return [];
    if (kept.length === 0) return [{ kind: 'remove', path, recurse: false }];
    return [
      write(
        path,
        Buffer.concat(kept.map((b) => b.bytes)),
        path === given.keyring.path ? given.keyring : undefined,
      ),
    ];
  });
}

/** Decides which keyring gets or loses a key. `given.key` is what is to be added, where it had to be got. */
export function planKey(wish: KeyWish, given: Given, info: PlanInfo): Plan {
  const offered = given.key === undefined ? undefined : blocksOf(given.key);
  const unreadable = offered?.length === 0;
  if (unreadable && wish.id === undefined)
    return failed(`Unable to extract key from '${wish.file ?? 'inline data'}': it holds no OpenPGP key`);
  const id = wish.id ?? offered?.[0]?.ids[0];
  if (id === undefined && mayComeLater(info)) return change('an earlier task may bring the key', []);
  const forms = id === undefined ? undefined : idForms(id);
  if (!forms)
    return failed(`Invalid key_id: ${id ?? 'none was given'}; expected 8, 16 or more hexadecimal digits`);
  const { short, fingerprint, full } = forms;
  const wanted = full.length === 8 ? short : fingerprint;
  const blocks = given.rings.flatMap((r) => blocksOf(r.data));
  const listed = (all: readonly KeyBlock[]) =>
    all.flatMap((b) => b.ids.map((one) => (full.length === 8 ? one.slice(-8) : one)));
  const result: JsonObject = {
    id: id ?? null,
    short_id: short,
    fp: fingerprint,
    key_id: full,
    before: listed(blocks),
  };
  const present = hasKey(blocks, wanted);
  if (present === (wish.state === 'present')) return ok(`the key is ${wish.state}`, result);
  const diff: Diff[] = [{ before: { key: present ? full : '' }, after: { key: present ? '' : full } }];
  if (wish.state === 'absent') return change('the key goes away', remove(given, wanted), { result, diff });
  if (given.key === undefined && mayComeLater(info))
    return change('an earlier task may bring the key', [], { result, diff });
  if (given.key === undefined)
    return failed('No key to add: one of data, file, keyserver and url is needed', result);
  if (!hasKey(offered ?? [], wanted))
    return failed(
      `the key that was offered is not ${full} (check that the id is correct and *not* a subkey)`,
      result,
    );
  const after = listed([...blocks, ...(offered ?? [])]);
  return change('the key is added', add(wish, given, given.key), { result, diff, after: () => ({ after }) });
}
