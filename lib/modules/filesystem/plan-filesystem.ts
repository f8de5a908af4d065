import type { Action } from '../../node/actions/action.js';
import type { PathAnswer, ReadAnswer } from '../../node/queries/query.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { complaint, printed } from '../program.js';
import { blkidName, KINDS } from './kinds.js';

/** What is wished of a device. */
export type FileSystemWish = {
  readonly dev: string;
  readonly fstype?: string;
  readonly state: 'absent' | 'present';
  readonly opts?: string;
  readonly force: boolean;
  readonly resizefs: boolean;
};

/** `type` is what blkid found; `sizes` prints the device's bytes, the file system's, and where it is mounted. */
export type Seen = { readonly device: PathAnswer; readonly type: ReadAnswer; readonly sizes?: ReadAnswer };

function run(argv: readonly string[], msg: string, before: string, after: string): Plan {
  return change(msg, [{ kind: 'run', argv } satisfies Action], {
    diff: [{ before: { fstype: before }, after: { fstype: after } }],
    explain: (_, outcome) => complaint(outcome),
  });
}

function grow(wish: FileSystemWish, fstype: string, sizes: ReadAnswer | undefined): Plan {
  const kind = KINDS[fstype];
  const { dev } = wish;
  if (!kind?.grow) return failed(`module does not support resizing ${fstype} filesystem yet.`);
  const [device = '', size = '', mountpoint = ''] = (sizes ? printed(sizes) : '').split('\n');
  if (!/^\s*\d+\s*$/.test(size))
    return failed(
      `unable to tell the size of the ${fstype} filesystem on ${dev}: ${sizes ? complaint(sizes) : ''}`,
    );
  if (Number(size) >= Number(device))
    return ok('it fills the device', { msg: `${fstype} filesystem is using the whole device ${dev}` });
  if (kind.mounted && mountpoint === '') return failed(`${dev} needs to be mounted for ${fstype} operations`);
  const argv = [...kind.grow, kind.mounted ? mountpoint : dev];
  return change('it grows', [{ kind: 'run', argv }], {
    result: { msg: `resizing filesystem ${fstype} on device ${dev}` },
    diff: [{ before: { size: Number(size) }, after: { size: Number(device) } }],
    after: (outcomes) => ({ msg: outcomes[0] ? printed(outcomes[0]) : '' }),
    explain: (_, outcome) => complaint(outcome),
  });
}

/** Decides whether a file system is made, grown or wiped; one that is there is only overwritten by force. */
export function planFilesystem(wish: FileSystemWish, { device, type, sizes }: Seen, info: PlanInfo): Plan {
  const { dev, fstype = '' } = wish;
  const msg = `Device ${dev} not found.`;
  const present = wish.state === 'present';
  if (!device.exists && present && mayComeLater(info))
    return change('an earlier task may make the device', []);
  if (!device.exists) return present ? failed(msg) : ok('there is no such device', { msg });
  if (device.type !== 'block' && device.type !== 'file') return failed(`Target device not supported: ${dev}`);
  const now = printed(type).trim();
  if (!present) {
    if (now === '') return ok('there is no file system');
    return run(['wipefs', '--all', dev], 'the file system is wiped', now, '');
  }
  const same = now !== '' && now === blkidName(fstype);
  if (same && wish.resizefs) return grow(wish, fstype, sizes);
  if (same && !wish.force) return ok('there is such a file system');
  if (now !== '' && !wish.force)
    return failed(`'${dev}' is already used as ${now}, use force=true to overwrite`);
  const words = wish.opts?.split(/\s+/).filter(Boolean) ?? [];
  return run([...(KINDS[fstype]?.make ?? []), ...words, dev], 'a file system is made', now, fstype);
}
