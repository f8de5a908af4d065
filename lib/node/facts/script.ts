import { decodeBytes } from '../bytes.js';
import { quote } from '../quote.js';
import type { Marks, SectionOutput } from '../sections.js';
import { filePatterns, TESTED_PATHS } from './files.js';
import type { Gathered } from './gathered.js';
import { localFactsScript } from './local.js';
import { mountScript } from './mount-script.js';
import type { Collector } from './subset.js';

type Program = { readonly name: string; readonly source: string };

const DATES = '%Y|%m|%d|%A|%w|%W|%H|%M|%S|%Z|%z|%s|%N';
const LVM = '--noheadings --nosuffix --units g --separator ,';

// What a program needs a fork for, and cannot be read from a file. Names that are looked up may hang in DNS.
const PROGRAMS: Readonly<Partial<Record<Collector, Readonly<Record<string, string>>>>> = {
  platform: {
    uname: 'uname -m',
    fqdn: `read -r h </proc/sys/kernel/hostname; a=$(timeout 5 getent hosts -- "$h") || a=; a=\${a%% *}
[ -z "$a" ] || timeout 5 getent hosts -- "$a"`,
  },
  date_time: { date: `date +'${DATES}'; date -u +%z` },
  user: {
    passwd: `while read -r k a b; do [ "$k" != Uid: ] || { getent passwd "$a"; break; }; done </proc/$$/status`,
  },
  caps: { capsh: '! command -v capsh >/dev/null || capsh --print' },
  lsb: { lsb: '! command -v lsb_release >/dev/null || timeout 5 lsb_release -a 2>/dev/null' },
  chroot: { chroot: '[ / -ef /proc/1/root/. ] || ! [ -e /proc/1/root/. ]' },
  network: {
    address: '! command -v ip >/dev/null || ip -o addr show',
    route4: '! command -v ip >/dev/null || ip -4 route get 8.8.8.8',
    route6: '! command -v ip >/dev/null || ip -6 route get 2404:6800:400a:800::1012',
    features: `! command -v ethtool >/dev/null || for d in /sys/class/net/*; do
printf '=%s\\n' "\${d##*/}"; ethtool -k "\${d##*/}" 2>/dev/null; done`,
  },
  hardware: {
    lspci: '! command -v lspci >/dev/null || lspci -D 2>/dev/null',
    lvm: `! command -v vgs >/dev/null || { vgs ${LVM}; echo =; lvs ${LVM}; echo =; pvs ${LVM}; } 2>/dev/null`,
  },
};

const LINKS = `find /sys/block /sys/class/net /dev/disk/by-id /dev/disk/by-uuid /dev/disk/by-label -maxdepth 1 -type l -printf '%p\\0%l\\0' 2>/dev/null
for p in /sys/class/net/*/device /sys/class/net/*/device/driver/module /sys/class/net/*/brif/* /sys/block/*/slaves/* /sys/block/*/holders/* /sys/block/*/*/holders/*; do
[ ! -h "$p" ] || set -- "$@" "$p"; done; [ $# = 0 ] || find "$@" -maxdepth 0 -printf '%p\\0%l\\0'`;

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
    ...(wantsLinks ? [{ name: 'links', source: `set --; ${LINKS}` }] : []),
    ...(collectors.has('hardware') ? [{ name: 'mounts', source: mountScript(timeout) }] : []),
    ...(collectors.has('local') ? [{ name: 'local', source: localFactsScript(factPath, timeout) }] : []),
  ];
}

// The names first, then the contents; see queries/contents.ts for the file that separates them.
function filesScript(patterns: readonly string[]): string {
  return `set --; for p in ${patterns.join(' ')}; do [ ! -f "$p" ] || [ ! -r "$p" ] || set -- "$@" "$p" /proc/self/environ; done
printf '%s\\0' "$@"; printf '\\0'; env -i K="$K" head -qc 262144 -- "$@"`;
}

function testScript(): string {
  return `for p in ${TESTED_PATHS.map(quote).join(' ')}; do [ ! -e "$p" ] || printf '%s\\n' "$p"; done`;
}

/** Reads the outputs of `factSections`. */
export function readGathered(
  programs: readonly Program[],
  outputs: readonly SectionOutput[],
  marks: Marks,
): Gathered {
  const byName = new Map(programs.map(({ name }, i) => [name, outputs[i]!]));
  const files = readFiles(byName.get('files')!.stdout, marks);
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

function readFiles(output: Buffer, marks: Marks): Map<string, string> {
  const end = output.indexOf('\0\0');
  const names = decodeBytes(output.subarray(0, end)).split('\0');
  const contents = decodeBytes(output.subarray(end + 2)).split(`K=${marks.inner}\0`);
  const paths = names.filter((name) => name !== '/proc/self/environ');
  // The process whose environment separates the files is not the shell; its number is not in the script's own text.
  return new Map(paths.map((p, i) => [p.replace(/^\/proc\/\d{2,}\//, '/proc/shell/'), contents[i] ?? '']));
}

function pairs(output: SectionOutput | undefined): [string, string][] {
  const texts = decodeBytes(output?.stdout ?? Buffer.alloc(0)).split('\0');
  return Array.from({ length: Math.floor(texts.length / 2) }, (_, i) => [texts[i * 2]!, texts[i * 2 + 1]!]);
}
