/** One mount that the kernel knows: what is mounted, where, as what. `src` of a bind mount is the folder. */
export type Mounted = {
  readonly src: string;
  readonly device: string;
  readonly path: string;
  readonly fstype: string;
};

function plain(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
}

type Line = { id: string; parent: string; root: string; path: string; fstype: string; device: string };

function parsed(line: string): Line | undefined {
  const [head = '', tail = ''] = line.split(' - ');
  const [id, parent, , root, path] = head.split(' ');
  const [fstype, device] = tail.split(' ');
  if (id === undefined || parent === undefined || root === undefined || path === undefined) return undefined;
  return {
    id,
    parent,
    root: plain(root),
    path: plain(path),
    fstype: fstype ?? '',
    device: plain(device ?? ''),
  };
}

/** The folder that a bind mount shows, as far as the mount above it tells; else what is mounted. */
function sourceOf(line: Line, above: Line | undefined): string {
  if (line.root === '/') return line.device;
  if (!above) return line.root;
  const root =
    above.root.length > 1 && line.root.startsWith(`${above.root}/`)
      ? line.root.slice(above.root.length)
      : line.root;
  return above.path === '/' ? root : `${above.path}${root}`;
}

/** Reads /proc/self/mountinfo (proc(5)); of several mounts at one place the last is seen. */
export function readMounts(mountinfo: string): Map<string, Mounted> {
  const lines = mountinfo.split('\n').flatMap((l) => parsed(l) ?? []);
  const byId = new Map(lines.map((l) => [l.id, l]));
  return new Map(
    lines.map((l) => {
      const src = sourceOf(l, byId.get(l.parent));
      return [l.path, { src, device: l.device, path: l.path, fstype: l.fstype }];
    }),
  );
}

/** Sh source that prints which file each loop device shows. */
export const LOOPS = 'grep -H "" /sys/block/loop*/loop/backing_file 2>/dev/null; :';

/** The files that loop devices show, by the devices. */
export function readLoops(printed: string): Map<string, string> {
  return new Map(
    [...printed.matchAll(/^\/sys\/block\/(loop\d+)\/loop\/backing_file:(.*)$/gm)].map(([, name, file]) => [
      `/dev/${name}`,
      file!,
    ]),
  );
}
