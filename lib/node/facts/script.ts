import { decodeBytes } from '../bytes.js';
import { quote } from '../quote.js';
import type { SectionOutput } from '../sections.js';
import { filePatterns, TESTED_PATHS } from './files.js';
import type { Gathered } from './gathered.js';
import { localFactsScript } from './local.js';
import { mountScript } from './mount-script.js';
import type { Collector } from './subset.js';

type Program = { readonly name: string; readonly source: string };

// Nothing is sent there: the kernel is asked which way it would take.
/** Addresses outside, of both families, whose routes are the default ones. */
export const OUTSIDE = ['8.8.8.8', '2404:6800:400a:800::1012'] as const;

const DATES = '%Y|%m|%d|%A|%w|%W|%H|%M|%S|%Z|%z|%s|%N';
const LVM = '--noheadings --nosuffix --units g --separator ,';

// How many lines of /etc/hosts are looked at before the resolver is asked.
const HOSTS_LINES = 200;

// What /etc/hosts says of the own name needs no program where the resolver asks it first, too, unless IPv6 is in it.
// What it says of an own address is the same from both sides.
const FQDN = `read -r h </proc/sys/kernel/hostname; a= f= n=0
[ ! -r /etc/nsswitch.conf ] || while read -r k f r; do [ "$k" != hosts: ] || break; f=; done </etc/nsswitch.conf
[ "$f" != files ] || [ ! -r /etc/hosts ] || while read -r i r && [ $((n+=1)) -lt ${HOSTS_LINES} ]; do
case $i in ''|\\#*) continue ;; esac
for w in \${r%%#*}; do [ "$w" = "$h" ] || continue; case $i in *:*) a=; break 2 ;; esac; a=\${a:-"$i \${r%%#*}"}; done
done </etc/hosts
[ "$a" ] || a=$(timeout 5 getent hosts -- "$h") || a=
case $a in ''|127.*|::1*) printf '%s\\n' "$a" ;; *) timeout 5 getent hosts -- "\${a%%[!0-9a-fA-F:.]*}" ;; esac`;

// What a program needs a fork for, and cannot be read from a file. Names that are looked up may hang in DNS.
const PROGRAMS: Readonly<Partial<Record<Collector, Readonly<Record<string, string>>>>> = {
  platform: {
    // Kernels since 6.1 have it in a file.
    uname: '{ read -r m </proc/sys/kernel/arch && printf %s "$m"; } 2>/dev/null || uname -m',
    fqdn: FQDN,
  },
  date_time: { date: `date +'${DATES}'` },
  user: {
    // A program of its own is only needed for who is not in the file.
    passwd: `while read -r k u r; do [ "$k" != Uid: ] || break; done </proc/$$/status
while IFS=: read -r n p i g c d s; do [ "$i" = "$u" ] && break; i=; done </etc/passwd
if [ "$i" ]; then printf '%s\\n' "$n:$p:$i:$g:$c:$d:$s"; else getent passwd "$u"; fi`,
  },
  caps: { capsh: '! command -v capsh >/dev/null || capsh --print' },
  lsb: { lsb: '! command -v lsb_release >/dev/null || timeout 5 lsb_release -a 2>/dev/null' },
  // Without its own modules and the user's settings it starts in the fewest milliseconds.
  python: {
    python: `! command -v python3 >/dev/null || { command -v python3; python3 -ISE -c 'import sys
print(*sys.version_info, sys.implementation.name)'; } 2>/dev/null`,
  },
  chroot: { chroot: '[ / -ef /proc/1/root/. ] || ! [ -e /proc/1/root/. ]' },
  network: {
    ip: `! command -v ip >/dev/null || ip -o -force -batch - <<I
addr show
route get ${OUTSIDE[0]}
route get ${OUTSIDE[1]}
I`,
    features: `! command -v ethtool >/dev/null || for d in /sys/class/net/*; do
printf '=%s\\n' "\${d##*/}"; ethtool -k "\${d##*/}" 2>/dev/null; done`,
  },
  hardware: {
    lspci: '! command -v lspci >/dev/null || lspci -D 2>/dev/null',
    lvm: `! command -v vgs >/dev/null || { vgs ${LVM}; echo =; lvs ${LVM}; echo =; pvs ${LVM}; } 2>/dev/null`,
  },
};

const LINKS = `find /sys/block /sys/class/net /dev/disk/by-id /dev/disk/by-uuid /dev/disk/by-label /sys/class/net/*/device \\
/sys/class/net/*/device/driver/module /sys/class/net/*/brif/* /sys/block/*/slaves/* /sys/block/*/holders/* /sys/block/*/*[0-9]/holders/* \\
-maxdepth 1 -type l -printf '%p\\0%l\\0' 2>/dev/null`;

/** Sections of the script that gathers facts, by name. */
export function factSections(
  collectors: ReadonlySet<Collector>,
  factPath: string,
  timeout: number,
): Program[] {
  const programs = [...collectors].flatMap((c) => Object.entries(PROGRAMS[c] ?? {}));
  const wantsLinks = collectors.has('network') || collectors.has('hardware');
  return [
    { name: 'files', source: filesScript(filePatterns(collectors)) },
    { name: 'tests', source: testScript() },
    ...programs.map(([name, source]) => ({ name, source })),
    ...(wantsLinks ? [{ name: 'links', source: LINKS }] : []),
    ...(collectors.has('hardware') ? [{ name: 'mounts', source: mountScript(timeout) }] : []),
    ...(collectors.has('local') ? [{ name: 'local', source: localFactsScript(factPath, timeout) }] : []),
  ];
}

// `head` names each file before its content; what is not there or cannot be read has no name or no content.
function filesScript(patterns: readonly string[]): string {
  return `head -vc 262144 -- ${patterns.join(' ')} 2>/dev/null`;
}

function testScript(): string {
  return `for p in ${TESTED_PATHS.map(quote).join(' ')}; do [ ! -e "$p" ] || printf '%s\\n' "$p"; done`;
}

/** Reads the outputs of `factSections`. */
export function readGathered(programs: readonly Program[], outputs: readonly SectionOutput[]): Gathered {
  const byName = new Map(programs.map(({ name }, i) => [name, outputs[i]!]));
  const files = readFiles(byName.get('files')!.stdout);
  const links = new Map(pairs(byName.get('links')));
  const present = new Set(byName.get('tests')!.stdout.toString('utf8').split('\n'));
  return {
    file: (path) => files.get(path)?.trim() || undefined,
    paths: (pattern) => [...files.keys()].filter((p) => pattern.test(p)),
    link: (path) => links.get(path),
    links: (pattern) => [...links].filter(([p]) => pattern.test(p)),
    program: (name) => byName.get(name),
    has: (name) => present.has(name),
  };
}

function readFiles(output: Buffer): Map<string, string> {
  const [, ...texts] = decodeBytes(output).split(/(?:^|\n)==> (\/[^\n]*) <==\n/);
  const files = new Map<string, string>();
  // The number of the shell's process is not known to the readers.
  for (let i = 0; i < texts.length; i += 2)
    files.set(texts[i]!.replace(/^\/proc\/\d{2,}\//, '/proc/shell/'), texts[i + 1] ?? '');
  return files;
}

function pairs(output: SectionOutput | undefined): [string, string][] {
  const texts = decodeBytes(output?.stdout ?? Buffer.alloc(0)).split('\0');
  return Array.from({ length: Math.floor(texts.length / 2) }, (_, i) => [texts[i * 2]!, texts[i * 2 + 1]!]);
}
