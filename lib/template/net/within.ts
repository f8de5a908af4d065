import { covers, type Network, parseNetwork } from './network.js';

/** Says whether a network lies in one of these, which are parsed when that is first asked. */
export function within(...texts: readonly string[]): (n: Network) => boolean {
  const parsed: Network[] = [];
  return (n) => {
    if (parsed.length === 0) parsed.push(...texts.map((text) => parseNetwork(text)!));
    return parsed.some((net) => covers(net, n));
  };
}
