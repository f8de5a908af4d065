import { quote } from '../../node/quote.js';

const PERL =
  'exit(IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1], Timeout => $ARGV[2]) ? 0 : 1)';

/**
 * Sh source that succeeds when a TCP port answers within some seconds, by whichever of bash, nc or perl the node has.
 * Exit code 96: none of them is there.
 */
export function portProbe(host: string, port: number, seconds: number): string {
  const [h, p, t] = [quote(host), String(port), String(seconds)];
  return `if command -v bash >/dev/null; then exec timeout ${t} bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash ${h} ${p} 2>/dev/null
elif command -v nc >/dev/null; then exec nc -z -w ${t} ${h} ${p}
elif command -v perl >/dev/null; then exec timeout ${t} perl -MIO::Socket::INET -e ${quote(PERL)} ${h} ${p} ${t}
else exit 96; fi`;
}

/** States of TCP connections as /proc/net/tcp numbers them. */
export const STATES: Readonly<Record<string, string>> = {
  ESTABLISHED: '01',
  SYN_SENT: '02',
  SYN_RECV: '03',
  FIN_WAIT1: '04',
  FIN_WAIT2: '05',
  TIME_WAIT: '06',
};

/** An address in the words of /proc/net/tcp: four-byte groups, each in the order of a little-endian machine. */
function address(hex: string): string {
  const groups = hex.match(/.{8}/g) ?? [];
  const bytes = groups.flatMap((g) => (g.match(/../g) ?? []).reverse()).map((b) => Number.parseInt(b, 16));
  const mapped =
    bytes.length === 16 && bytes.slice(0, 10).every((b) => b === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (bytes.length === 4) return bytes.join('.');
  if (mapped) return bytes.slice(12).join('.');
  const words = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16));
  return new URL(`http://[${words.join(':')}]`).hostname.replace(/^\[|\]$/g, '');
}

/** What counts as an active connection. `hosts` are the local addresses meant; any of the wildcard ones means all. */
export type Draining = {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly states: readonly string[];
  readonly exclude: readonly string[];
};

/** How many connections of a port are still active, in the text of /proc/net/tcp and tcp6. */
export function activeConnections(table: string, wanted: Draining): number {
  const codes = wanted.states.map((s) => STATES[s] ?? '');
  const any = wanted.hosts.some((h) => h === '0.0.0.0' || h === '::');
  const rows = table.split('\n').flatMap((line) => {
    const [, local = '', remote = '', state = ''] = line.trim().split(/\s+/);
    return /^[0-9A-F]+:[0-9A-F]{4}$/.test(local) ? [{ local, remote, state }] : [];
  });
  return rows.filter(({ local, remote, state }) => {
    const [here = '', port = ''] = local.split(':');
    const [there = ''] = remote.split(':');
    return (
      codes.includes(state) &&
      Number.parseInt(port, 16) === wanted.port &&
      (any || wanted.hosts.includes(address(here))) &&
      !wanted.exclude.includes(address(there))
    );
  }).length;
}
