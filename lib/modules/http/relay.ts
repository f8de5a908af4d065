import { Duplex, PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Become } from '../../node/become.js';
import type { Node } from '../../node/node.js';
import { quote } from '../../node/quote.js';

/** A TCP connection that starts on the node; `failure` is what the node said when it could not be made. */
export type Relay = { readonly socket: Duplex; failure(): string; close(): Promise<void> };

// A background command would read /dev/null: the writer gets the standard input by another number.
const BASH =
  'exec 3<>"/dev/tcp/$1/$2" 4<&0 || exit 97; cat <&4 >&3 2>/dev/null & w=$!; cat <&3; kill "$w" 2>/dev/null';
/** How long the node gets to end by itself, once the other side has closed. */
const GRACE_MS = 100;
const PERL = `use IO::Socket::INET; use IO::Select;
my $s = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1]) or die "$ARGV[0]: $@\\n";
my $w = IO::Select->new($s, \\*STDIN); $| = 1;
while (1) { for my $f ($w->can_read) { my $n = sysread($f, my $b, 65536); exit 0 unless $n;
  my $to = $f == $s ? \\*STDOUT : $s; my $o = 0; while ($o < $n) { my $c = syswrite($to, $b, $n - $o, $o); exit 1 unless defined $c; $o += $c; } } }`;

const UNIX = PERL.replaceAll('IO::Socket::INET', 'IO::Socket::UNIX').replace(
  'PeerAddr => $ARGV[0], PeerPort => $ARGV[1]',
  'Peer => $ARGV[0]',
);

/** Where a connection goes: a host's port, or a socket of the node's file system. */
export type Peer = { readonly host: string; readonly port: number } | { readonly unix: string };

function connecting(peer: Peer): string {
  if ('unix' in peer)
    return `if command -v perl >/dev/null; then exec perl -e ${quote(UNIX)} ${quote(peer.unix)}
elif command -v nc >/dev/null; then exec nc -U ${quote(peer.unix)}
else echo 'neither perl nor nc is on the node' >&2; exit 96; fi`;
  const [h, p] = [quote(peer.host), String(peer.port)];
  return `if command -v bash >/dev/null; then exec bash -c ${quote(BASH)} bash ${h} ${p}
elif command -v nc >/dev/null; then exec nc ${h} ${p}
elif command -v perl >/dev/null; then exec perl -e ${quote(PERL)} ${h} ${p}
else echo 'none of bash, nc and perl is on the node' >&2; exit 96; fi`;
}

/** Opens a connection from the node to a place that the node can reach, by whichever of bash, nc or perl it has. */
export async function openRelay(node: Node, become: Become | undefined, peer: Peer): Promise<Relay> {
  const running = await node.spawn({ line: connecting(peer) }, become);
  const said: Buffer[] = [];
  running.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  running.done.catch(() => {});
  running.stdin.on('error', () => {});
  // The channel's own input closes when the program ends, and `Duplex.from` would then drop what is still unread.
  const input = new PassThrough();
  input.pipe(running.stdin);
  const socket = Duplex.from({ readable: running.stdout, writable: input });
  return {
    socket,
    failure: () => {
      const lines = Buffer.concat(said).toString('utf8').trim().split('\n');
      return (
        lines.find((l) => /refused|timed out|not known|unreachable|No route|resolution/i.test(l)) ??
        lines[0] ??
        ''
      ).replace(/^.*?(?:connect|\/dev\/tcp\/\S+|line \d+): /, '');
    },
    close: async () => {
      socket.destroy();
      running.stdin.end();
      const ended = running.done.then(
        () => true,
        () => true,
      );
      if (!(await Promise.race([ended, setTimeout(GRACE_MS, false)]))) await running.kill();
    },
  };
}
