import type { Lab } from '../../../lib/lab/index.js';
import { onNode } from '../fleet.js';

/** Everything of a node that an operator could see, one fact a line. */
export type State = ReadonlySet<string>;

// What a running system, a login or python itself writes, whoever provisions it. The files of accounts are compared
// line by line instead, because two images may have differing lines to begin with.
const IGNORED = [
  '/proc',
  '/sys',
  '/dev',
  '/run',
  '/tmp/systemd-private-*',
  '/var/tmp/systemd-private-*',
  '/var/log/journal',
  '/var/log/wtmp',
  '/var/log/btmp',
  '/var/log/lastlog',
  '/var/log/apt',
  '/var/log/dpkg.log',
  '/var/cache',
  '/var/lib/apt',
  '/var/lib/dpkg',
  '/var/lib/systemd',
  '/var/lib/docker',
  '/root/.ansible',
  '/etc/passwd*',
  '/etc/shadow*',
  '/etc/group*',
  '/etc/gshadow*',
  '/etc/subuid*',
  '/etc/subgid*',
  // crontab(1) writes the time into it: its lines are compared instead.
  '/var/spool/cron/crontabs/*',
  '*/__pycache__',
];

const SCRIPT = `
set -u
find / -xdev \\( ${IGNORED.map((path) => `-path '${path}'`).join(' -o ')} \\) -prune -o -printf 'file %p %y %m %u %g %l\\n'
find /etc /home /opt /root /srv /usr/local /var/spool -xdev \\( ${IGNORED.map((path) => `-path '${path}'`).join(' -o ')} \\) -prune \\
  -o -type f -exec sha256sum {} + | sed 's/^/content /'
cd /var/spool/cron/crontabs && for file in *; do grep -v '^# (.* installed on ' "$file" | sed "s/^/crontab $file /"; done
for file in passwd shadow group gshadow; do sed "s/^/$file /" /etc/$file; done
systemctl list-unit-files --no-legend --plain --no-pager | sed 's/^/unit-file /'
systemctl list-units --no-legend --plain --no-pager --type=service,timer,socket --state=active |
  grep -v -e ^user -e ^session | awk '{print "active", $1}'
systemctl show cron ssh -p Id,ActiveState,UnitFileState,NeedDaemonReload | sed 's/^/unit /'
dpkg-query -W -f 'package \${Package} \${Version} \${Status}\\n'
`;

/** Looks at a node. */
export async function stateOf(lab: Lab, name: string): Promise<State> {
  return new Set((await onNode(lab, name, SCRIPT)).split('\n').filter((line) => line !== ''));
}

/** What became of a node: the lines that went, marked '-', and those that came, marked '+', sorted. */
export function difference(before: State, after: State): string[] {
  const gone = [...before].filter((line) => !after.has(line)).map((line) => `- ${line}`);
  const come = [...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].sort();
}
