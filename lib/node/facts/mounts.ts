import type { JsonObject } from '../../values/json.js';
import { decodeBytes } from '../bytes.js';
import { readSizes, unescapeOctal } from '../queries/file-system-sizes.js';
import { type Gathered, linesOf } from './gathered.js';

/** Mounts with a device behind them; one that did not answer in time has a note instead of its sizes. */
export function mountFacts(gathered: Gathered): JsonObject {
  const sizes = readSizes(decodeBytes(gathered.program('mounts')?.stdout ?? Buffer.alloc(0)));
  const uuids = new Map(
    gathered.links(/^\/dev\/disk\/by-uuid\//).map(([path, target]) => [base(target), base(path)]),
  );
  const bound = boundMounts(gathered);
  const rows = linesOf(gathered.file('/proc/mounts')).map((line) => line.split(' ').map(unescapeOctal));
  // A place that is mounted over is seen only as its last mount.
  const mounts = new Map<string, JsonObject>();
  for (const [device = '', mount = '', fstype = '', options = ''] of rows) {
    if (!(device.startsWith('/') || device.startsWith('\\') || device.includes(':/')) || fstype === 'none')
      continue;
    const size = sizes.get(mount);
    mounts.set(mount, {
      mount,
      device,
      fstype,
      options: bound.has(mount) ? `${options},bind` : options,
      ...(size === undefined
        ? { note: 'Could not get extra information due to timeout' }
        : { ...size, uuid: uuids.get(base(device)) ?? 'N/A' }),
    });
  }
  return { mounts: [...mounts.values()] };
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Mounts whose root is not that of their file system: proc(5), fields 4 and 5 of mountinfo. */
function boundMounts(gathered: Gathered): Set<string> {
  const rows = linesOf(gathered.file('/proc/self/mountinfo')).map((line) => line.split(' '));
  return new Set(rows.filter((row) => row[3] !== '/').map((row) => unescapeOctal(row[4] ?? '')));
}

/** Volume groups, logical and physical volumes; `N/A` without LVM's tools. */
export function lvmFacts(gathered: Gathered): JsonObject {
  const text = gathered.program('lvm')?.stdout.toString('utf8') ?? '';
  if (!text.includes('=\n')) return { lvm: 'N/A' };
  const [vgs, lvs, pvs] = text.split('=\n').map((part) => linesOf(part).map((l) => l.trim().split(','))) as [
    string[][],
    string[][],
    string[][],
  ];
  return {
    lvm: {
      vgs: table(vgs, (r) => ({ size_g: r.at(-2), free_g: r.at(-1), num_lvs: r[2], num_pvs: r[1] })),
      lvs: table(lvs, (r) => ({ size_g: r[3], vg: r[1] })),
      pvs: table(pvs, (r) => ({ size_g: r[4], free_g: r[5], vg: r[1] })),
    },
  };
}

function table(rows: readonly string[][], describe: (row: string[]) => JsonObject): JsonObject {
  return Object.fromEntries(rows.map((row) => [row[0]!, describe(row)]));
}
