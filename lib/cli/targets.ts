import type { Listener } from '../engine/event.js';
import type { Inventory } from '../inventory/inventory.js';
import { isLocalName } from '../inventory/localhost.js';
import type { Settings } from './settings.js';

const EMPTY =
  "provided hosts list is empty, only localhost is available. Note that the implicit localhost does not match 'all'";

/** Whether the inventory has no host at all; that is warned of, unless the pattern means this machine or nobody wants to know. */
export function hasNoHosts(
  inventory: Inventory,
  pattern: string,
  { config }: Settings,
  listen: Listener,
): boolean {
  if ([...inventory.hosts.values()].some((host) => host.implicit !== true)) return false;
  if (config.on('LOCALHOST_WARNING') && !isLocalName(pattern))
    listen({ type: 'warning', text: EMPTY, time: 0 });
  return true;
}
