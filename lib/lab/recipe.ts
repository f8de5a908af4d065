import { createHash } from 'node:crypto';
import type { AptSetup } from './apt.js';

/** What a node starts from: without python (as most servers need not have it), or with it for Ansible. */
export type ImageVariant = 'minimal' | 'python';

/** `suite` is the Debian release that nodes run (default `SUITE`); `include` names further Debian packages. */
export type ImageSpec = { suite?: string; variant?: ImageVariant; include?: readonly string[] };

/** An image that was built: `path` is the folder of its files. */
export type ImageRef = {
  suite: string;
  variant: ImageVariant;
  include: readonly string[];
  hash: string;
  path: string;
};

/** The Debian release that nodes run unless told otherwise. */
export const SUITE = 'bookworm';

const BASE = [
  'ca-certificates',
  'cron',
  'dbus',
  'e2fsprogs',
  'iproute2',
  'openssh-server',
  'procps',
  'sudo',
  'systemd',
  'systemd-sysv',
];

const EXTRA: Record<ImageVariant, readonly string[]> = { minimal: [], python: ['python3', 'python3-apt'] };

/** The packages of an image, sorted and each once. */
export function packagesOf(spec: ImageSpec): string[] {
  return [...new Set([...BASE, ...EXTRA[spec.variant ?? 'minimal'], ...(spec.include ?? [])])].sort();
}

/** The image that all others of a release are derived from: packages that every node has, and nothing else. */
export function plainSpec(spec: ImageSpec): ImageSpec {
  return spec.suite === undefined ? {} : { suite: spec.suite };
}

/** The packages that an image has beyond the plain one, sorted; empty for the plain one itself. */
export function extraPackages(spec: ImageSpec): string[] {
  return packagesOf(spec).filter((name) => !BASE.includes(name));
}

const LOOPS = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `b /dev/loop${n} 0660 root disk - 7:${n}`);

// Containers get no device files beyond the usual; software under test (wireguard, docker, images) needs these.
const DEVICES = [
  'd /dev/net 0755 root root',
  'c /dev/net/tun 0666 root root - 10:200',
  'c /dev/fuse 0666 root root - 10:229',
  'c /dev/loop-control 0660 root root - 10:237',
  ...LOOPS,
];

/**
 * Run by sh inside the new system, also when that was derived from another image. Host keys and the machine's id are each node's own; the apt timers would take the
 * package lock at random moments, and e2scrub looks for LVM volumes at every boot.
 */
export const FINISH = `set -eu
rm -f /etc/ssh/ssh_host_* /etc/hostname /etc/resolv.conf
: > /etc/machine-id
systemctl enable ssh systemd-networkd
systemctl disable apt-daily.timer apt-daily-upgrade.timer systemd-networkd-wait-online || true
systemctl disable e2scrub_reap.service e2scrub_all.timer || true
id admin >/dev/null 2>&1 || useradd -m -u 1000 -s /bin/bash admin
id operator >/dev/null 2>&1 || useradd -m -u 1001 -g operator -s /bin/bash operator
echo 'admin ALL=(ALL:ALL) NOPASSWD: ALL' > /etc/sudoers.d/admin
echo 'operator ALL=(ALL:ALL) ALL' > /etc/sudoers.d/operator
chmod 440 /etc/sudoers.d/admin /etc/sudoers.d/operator
mkdir -p /var/lib/docker
cat > /etc/tmpfiles.d/lab.conf <<'EOF'
${DEVICES.join('\n')}
EOF
update-ca-certificates >/dev/null 2>&1 || true
`;

/** Names an image by everything that decides its content. */
export function imageHash(spec: ImageSpec, apt: AptSetup): string {
  const all = [
    spec.suite ?? SUITE,
    packagesOf(spec),
    FINISH,
    apt.sources,
    apt.authorities.map((a) => a.text),
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
}
