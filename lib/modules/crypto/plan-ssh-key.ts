import type { Action, Outcome } from '../../node/actions/action.js';
import type { Made } from '../../node/content.js';
import type { PathAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import {
  attributeChange,
  type FileWishes,
  NEW_FILE,
  newAttributes,
  setAttributes,
} from '../file-attributes.js';
import type { PlanInfo } from '../module.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { probed, textOf } from '../probed-file.js';
import { complaint } from '../program.js';
import { parseSshKey, type SshKey } from './ssh-key.js';
import {
  makeSshKey,
  readSshProbe,
  type SshProbed,
  type SshWish,
  sshProbeScript,
  sshPublicLine,
} from './ssh-keygen.js';

/** What is wished: the pair, when to make another, and the attributes of both files. */
export type PairWish = SshWish &
  FileWishes & {
    readonly regenerate: string;
    readonly private_key_format: string;
    readonly unsafe_writes: boolean;
  };

/** What is there. */
export type PairSeen = { readonly file: PathAnswer; readonly pub: PathAnswer; readonly now: SshProbed };

const FORCE = 'To make a new one, set regenerate to full_idempotence or always, or force to true.';

function alike(wish: PairWish, { key, format }: SshProbed): boolean {
  const form = wish.private_key_format === 'auto' || format === wish.private_key_format;
  return key !== undefined && key.type === wish.type && key.size === wish.size && form;
}

/** Why there must be another pair; undefined when there need not, a failure when there may not. */
function remake(wish: PairWish, now: SshProbed): { reason?: string; msg?: string } {
  const { regenerate } = wish;
  if (!now.exists) return { reason: 'there is no key' };
  if (regenerate === 'always') return { reason: 'a new key is asked for' };
  if (!now.key || now.encrypted !== (wish.passphrase !== undefined)) {
    if (regenerate === 'full_idempotence') return { reason: 'the key cannot be opened' };
    return {
      msg: `Unable to read the key. The key is protected with a passphrase or broken. ${FORCE}`,
    };
  }
  if (regenerate === 'never' || alike(wish, now)) return {};
  if (regenerate === 'fail') return { msg: `Key has wrong type and/or size. ${FORCE}` };
  return { reason: 'the key is of another kind, size or form' };
}

function publicDiffers({ comment }: SshWish, key: SshKey, there: SshKey | undefined): string | undefined {
  if (!there) return 'the public key is missing';
  if (there.word !== key.word || there.data !== key.data)
    return 'the public key does not belong to the private key';
  return comment === undefined || comment === there.comment ? undefined : 'another comment';
}

function facts(now: SshProbed, there: SshKey | undefined): JsonObject {
  const { key, format } = now;
  return {
    ...(key && {
      size: key.size,
      type: key.type,
      fingerprint: key.fingerprint,
      format: format.toUpperCase(),
    }),
    ...(there && { comment: there.comment, public_key: there.data }),
  };
}

function result(wish: PairWish, { key }: SshProbed, there: SshKey | undefined): JsonObject {
  return {
    size: wish.size,
    type: wish.type,
    filename: wish.path,
    fingerprint: key?.fingerprint ?? '',
    public_key: there ? `${there.word} ${there.data}` : '',
    comment: there?.comment ?? '',
  };
}

function write(wish: PairWish, path: string, there: PathAnswer, script: string, mode: string): Action {
  const content: Made = { kind: 'made', script };
  const attributes = there.exists
    ? attributeChange(wish, there).attributes
    : newAttributes({ ...wish, mode: wish.mode ?? mode }, NEW_FILE);
  return {
    kind: 'write',
    path,
    content,
    expect: probed(there),
    attributes,
    unsafe: wish.unsafe_writes || undefined,
  };
}

function attributes(wish: PairWish, seen: PairSeen): Action[] {
  const both = [seen.file, seen.pub].map((there) => ({ there, path: there.path }));
  return both.flatMap(({ there, path }) =>
    there.exists ? setAttributes(path, attributeChange(wish, there)) : [],
  );
}

/** Plans both files; the result of a change is told from what is there then. */
export function planPair(wish: PairWish, seen: PairSeen, info: PlanInfo): Plan {
  const { file, pub, now } = seen;
  const there = parseSshKey(textOf(pub) ?? '');
  const { reason, msg } = remake(wish, now);
  const known = result(wish, now, there);
  if (msg !== undefined) return failed(msg, known);
  const before = facts(now, there);
  const shown = (after: JsonObject): JsonObject => (info.diff ? { diff: { before, after } } : {});
  const pubPath = `${wish.path}.pub`;
  const restore = reason ?? (now.key && publicDiffers(wish, now.key, there));
  if (restore === undefined) {
    const actions = attributes(wish, seen);
    const same = { ...known, ...shown(before) };
    return actions.length > 0
      ? change('attributes differ', actions, { result: same })
      : ok('the pair is as wished', same);
  }
  const actions: Action[] = [
    ...(reason === undefined ? [] : [write(wish, wish.path, file, makeSshKey(wish), '0600')]),
    write(wish, pubPath, pub, sshPublicLine(wish), '0644'),
    { kind: 'run', script: sshProbeScript(wish.path, wish.passphrase), touches: [] },
    { kind: 'run', argv: ['cat', '--', pubPath], touches: [] },
  ];
  return change(restore, actions, {
    result: { ...known, ...shown(before) },
    after: (outcomes) => {
      const made = readAfter(outcomes);
      return { ...result(wish, made.now, made.there), ...shown(facts(made.now, made.there)) };
    },
    explain: (_, outcome) => complaint(outcome),
  });
}

function readAfter(outcomes: readonly Outcome[]): { now: SshProbed; there: SshKey | undefined } {
  const [probe, line] = outcomes.slice(-2);
  return { now: readSshProbe(probe!), there: parseSshKey(line!.stdout.toString('utf8')) };
}
