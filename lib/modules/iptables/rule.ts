import type { IptablesWish } from './args.js';

type Words = readonly string[];

/** A flag and its value; a ! before the value goes before the flag. */
function option(flag: string, value: string | undefined): Words {
  if (value === undefined) return [];
  return value.startsWith('!') ? ['!', flag, value.slice(1)] : [flag, value];
}

function listed(flag: string, values: Words): Words {
  return values.length === 0 ? [] : [flag, values.join(',')];
}

/** Words of an extension, with `-m` before them unless the task loads it itself. */
function extension(wish: IptablesWish, name: string, words: Words): Words {
  if (words.length === 0 || wish.match.includes(name)) return words;
  return ['-m', name, ...words];
}

function tcpFlags({ tcp_flags: tcp }: IptablesWish): Words {
  const { flags, flags_set: set } = tcp ?? {};
  return flags && set ? ['--tcp-flags', flags.join(','), set.join(',')] : [];
}

function connectionState(wish: IptablesWish): Words {
  if (wish.match.includes('state') && !wish.match.includes('conntrack'))
    return listed('--state', wish.ctstate);
  return extension(wish, 'conntrack', listed('--ctstate', wish.ctstate));
}

/** An owner always gets a match of its own, as for iptables each stands alone. */
function owner(flag: string, value: string | undefined): Words {
  return value === undefined ? [] : ['-m', 'owner', ...option(flag, value)];
}

function logging(wish: IptablesWish): boolean {
  return Boolean(wish.log_prefix ?? wish.log_level);
}

/** What a packet jumps to: LOG where something of logging is set. */
export function jumpOf(wish: IptablesWish): string | undefined {
  return wish.jump ?? (logging(wish) ? 'LOG' : undefined);
}

function target(wish: IptablesWish): Words {
  const jump = jumpOf(wish);
  return [
    ...option('-j', jump),
    ...(jump?.toLowerCase() === 'tee' ? option('--gateway', wish.gateway) : []),
    ...option('--log-prefix', wish.log_prefix),
    ...option('--log-level', wish.log_level),
    ...option('--to-destination', wish.to_destination),
  ];
}

function places(wish: IptablesWish): Words {
  return [
    ...option('--to-source', wish.to_source),
    ...option('-g', wish.goto),
    ...option('-i', wish.in_interface),
    ...option('-o', wish.out_interface),
    ...option('-f', wish.fragment),
    ...option('-c', wish.set_counters),
    ...option('--source-port', wish.source_port),
    ...option('--destination-port', wish.destination_port),
    ...option('--to-ports', wish.to_ports),
    ...option('--set-dscp', wish.set_dscp_mark),
    ...option('--set-dscp-class', wish.set_dscp_mark_class),
  ];
}

function syn(wish: IptablesWish): Words {
  return { ignore: [], match: ['--syn'], negate: ['!', '--syn'] }[wish.syn];
}

function setMatch(wish: IptablesWish): Words {
  const words = option('--match-set', wish.match_set);
  return extension(
    wish,
    'set',
    words.length && wish.match_set_flags ? [...words, wish.match_set_flags] : words,
  );
}

function reject(wish: IptablesWish): Words {
  if (wish.reject_with === undefined) return [];
  const jump = jumpOf(wish) === undefined ? ['-j', 'REJECT'] : [];
  return [...jump, '--reject-with', wish.reject_with];
}

/** The words of a rule, in the order iptables wants them: an extension's own words behind it. */
export function ruleWords(wish: IptablesWish): string[] {
  const ranges = [...option('--src-range', wish.src_range), ...option('--dst-range', wish.dst_range)];
  const limits = [...option('--limit', wish.limit), ...option('--limit-burst', wish.limit_burst)];
  const icmp = wish.ip_version === 'ipv6' ? '--icmpv6-type' : '--icmp-type';
  return [
    ...option('-w', wish.wait),
    ...option('-p', wish.protocol),
    ...option('-s', wish.source),
    ...option('-d', wish.destination),
    ...wish.match.flatMap((m) => option('-m', m)),
    ...tcpFlags(wish),
    ...target(wish),
    ...(wish.destination_ports.length ? ['-m', 'multiport'] : []),
    ...listed('--dports', wish.destination_ports),
    ...places(wish),
    ...syn(wish),
    ...connectionState(wish),
    ...extension(wish, 'iprange', ranges),
    ...setMatch(wish),
    ...(limits.length ? ['-m', 'limit', ...limits] : []),
    ...owner('--uid-owner', wish.uid_owner),
    ...owner('--gid-owner', wish.gid_owner),
    ...reject(wish),
    ...option(icmp, wish.icmp_type),
    ...(wish.comment ? ['-m', 'comment', '--comment', wish.comment] : []),
  ];
}
