// File systems that never wait for another machine or program.
const LOCAL =
  'ext2 ext3 ext4 xfs btrfs vfat exfat ntfs3 iso9660 squashfs overlay zfs f2fs jfs reiserfs erofs tmpfs';

const FORMAT = '%n\\0%s %S %b %a %c %d\\0';

/**
 * Sh source that prints what `statvfs` says of each mount with a device: a path and six numbers. Local ones take one
 * `stat`; each other has a process of its own, which is given up after `timeout` seconds: it may hang for ever, even
 * when it is killed, and then nobody waits for it.
 */
export function mountScript(timeout: number): string {
  const limit = Math.max(1, Math.ceil(timeout)) * 20;
  return `set --; j=
while read -r d m t k; do
case $d in /*|*:/*) ;; *) continue ;; esac
case $m in *\\\\*) m=$(printf '%b/' "$m"); m=\${m%/} ;; esac
case " ${LOCAL} " in
*" $t "*) set -- "$@" "$m" ;;
*) stat -f --printf='${FORMAT}' -- "$m" & j="$j $!" ;;
esac
done </proc/mounts
[ $# = 0 ] || stat -f --printf='${FORMAT}' -- "$@"
i=0; for p in $j; do
while kill -0 "$p" 2>/dev/null && [ $i -lt ${limit} ]; do sleep 0.05; i=$((i+1)); done
kill -9 "$p" 2>/dev/null; done; :`;
}
