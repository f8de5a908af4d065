import { givenUpAfter, SIZES_FORMAT } from '../queries/file-system-sizes.js';

// File systems that never wait for another machine or program.
const LOCAL =
  'ext2 ext3 ext4 xfs btrfs vfat exfat ntfs3 iso9660 squashfs overlay zfs f2fs jfs reiserfs erofs tmpfs';

/**
 * Sh source that prints what `statvfs` says of each mount with a device: a path and six numbers. Local ones take one
 * `stat`; each other has a process of its own, which is given up after `timeout` seconds: it may hang for ever, even
 * when it is killed, and then nobody waits for it.
 */
export function mountScript(timeout: number): string {
  return `set --; j=
while read -r d m t k; do
case $d in /*|*:/*) ;; *) continue ;; esac
case $m in *\\\\*) m=$(printf '%b/' "$m"); m=\${m%/} ;; esac
case " ${LOCAL} " in
*" $t "*) set -- "$@" "$m" ;;
*) stat -f --printf='${SIZES_FORMAT}' -- "$m" & j="$j $!" ;;
esac
done </proc/mounts
[ $# = 0 ] || stat -f --printf='${SIZES_FORMAT}' -- "$@"
${givenUpAfter(timeout)}`;
}
