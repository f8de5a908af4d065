/** How one kind of file system is made and grown; `size` is sh source that prints its bytes, of the device "$1" and its mount point "$2". */
export type FileSystemKind = {
  readonly make: readonly string[];
  readonly grow?: readonly string[];
  readonly size?: string;
  /** It can only be grown where it is mounted, by its mount point. */
  readonly mounted?: boolean;
};

const ext = (version: number): FileSystemKind => ({
  make: [`mkfs.ext${version}`, '-F'],
  grow: ['resize2fs'],
  size: `tune2fs -l "$1" | awk -F: '/^Block count/{c=$2} /^Block size/{s=$2} END{printf "%.0f\\n", c*s}'`,
});

/** The kinds by Ansible's names. */
export const KINDS: Readonly<Record<string, FileSystemKind>> = {
  ext2: ext(2),
  ext3: ext(3),
  ext4: ext(4),
  ext4dev: ext(4),
  xfs: {
    make: ['mkfs.xfs', '-f'],
    grow: ['xfs_growfs'],
    mounted: true,
    size: `xfs_info "\${2:-$1}" | sed -n 's/^data .*bsize=\\([0-9]*\\) *blocks=\\([0-9]*\\),.*/\\1 \\2/p' | awk '{printf "%.0f\\n", $1*$2}'`,
  },
  btrfs: {
    make: ['mkfs.btrfs', '-f'],
    grow: ['btrfs', 'filesystem', 'resize', 'max'],
    mounted: true,
    size: `btrfs filesystem usage -b "$2" | awk '/Device size/{print $NF; exit}'`,
  },
  f2fs: {
    make: ['mkfs.f2fs', '-f'],
    grow: ['resize.f2fs'],
    size: `dump.f2fs "$1" | awk '/Info: sector size = /{s=$5} /Info: total FS sectors = /{c=$6} END{printf "%.0f\\n", c*s}'`,
  },
  vfat: {
    make: ['mkfs.vfat'],
    grow: ['fatresize', '-s', 'max'],
    size: `fatresize --info "$1" | sed -n 's/^\\(Size\\|Cur size\\): *//p' | head -n 1`,
  },
  lvm: {
    make: ['pvcreate', '-f'],
    grow: ['pvresize'],
    size: `pvs --noheadings -o pv_size --units b --nosuffix "$1"`,
  },
  reiserfs: { make: ['mkfs.reiserfs', '-q'] },
  ocfs2: { make: ['mkfs.ocfs2', '-Fx'] },
  swap: { make: ['mkswap', '-f'] },
};

/** What blkid calls a kind. */
export function blkidName(kind: string): string {
  if (kind === 'lvm') return 'LVM2_member';
  return kind === 'ext4dev' ? 'ext4' : kind;
}
