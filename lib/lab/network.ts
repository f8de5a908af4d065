import { existsSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { FfeError } from '../errors/error.js';
import { ipv6Of } from './addresses.js';
import { command, succeeds } from './command.js';
import { networkId } from './state.js';

/** Name of a lab's bridge on this machine. */
export function bridgeOf(prefix: string): string {
  return `ffe-${networkId(prefix)}`;
}

const tableOf = (prefix: string) => `ffe_${networkId(prefix)}`;

/** The interface of this machine, other than the lab's bridge, that already has an address in the lab's network. */
export function rivalOf(prefix: string): string | undefined {
  const own = bridgeOf(prefix);
  const rivals = Object.entries(networkInterfaces()).filter(
    ([name, addresses]) => name !== own && addresses?.some((a) => a.address.startsWith(`${prefix}.`)),
  );
  return rivals[0]?.[0];
}

/** Makes the lab's bridge and its NAT rule; keeps them when they are there. Both vanish with `removeNetwork`. */
export async function createNetwork(prefix: string): Promise<void> {
  const bridge = bridgeOf(prefix);
  const rival = rivalOf(prefix);
  if (rival)
    throw new FfeError('lab', `network ${prefix}.0/24 is in use by ${rival}`, {
      hint: 'give the hosts of the inventory addresses in another private /24 network',
    });
  if (!existsSync(`/sys/class/net/${bridge}`)) {
    const address = `${prefix}.1`;
    const batch = [
      `link add ${bridge} type bridge`,
      `addr add ${address}/24 dev ${bridge}`,
      `addr add ${ipv6Of(address)}/64 dev ${bridge} nodad`,
      `link set ${bridge} up`,
    ];
    await command(['ip', '-batch', '-'], { input: `${batch.join('\n')}\n` });
    // A node that boots misses the first question for its address; the next would come a whole second later.
    writeFileSync(`/proc/sys/net/ipv4/neigh/${bridge}/retrans_time_ms`, '50');
  }
  const table = tableOf(prefix);
  const rules = `table ip ${table} {}
delete table ip ${table}
table ip ${table} {
  chain post {
    type nat hook postrouting priority 100;
    ip saddr ${prefix}.0/24 oifname != "${bridge}" masquerade
  }
}
`;
  await command(['nft', '-f', '-'], { input: rules });
}

/** Removes what `createNetwork` made, as far as it is there. */
export async function removeNetwork(prefix: string): Promise<void> {
  await succeeds(['nft', 'delete', 'table', 'ip', tableOf(prefix)]);
  const bridge = bridgeOf(prefix);
  if (existsSync(`/sys/class/net/${bridge}`)) await command(['ip', 'link', 'del', bridge]);
}
