import type { RunOptions } from '../../engine/options.js';
import type { Inventory } from '../../inventory/inventory.js';
import { selectHosts } from '../../inventory/select.js';
import type { Prepared } from '../surroundings.js';

/** What the commands of a console change as it goes. `timeout` is in seconds; 0 is none. */
export type ConsoleState = {
  pattern: string;
  options: RunOptions;
  timeout: number;
  ended: boolean;
  readonly prepared: Prepared;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

/** The inventory that a console works on. */
export function inventoryOf(state: ConsoleState): Inventory {
  return state.prepared.around.inventory;
}

/** The hosts that the next module runs on. */
export function chosenHosts(state: ConsoleState): readonly string[] {
  return selectHosts(inventoryOf(state), state.pattern, { limit: state.options.limit }).hosts;
}

/** The line's beginning: user, pattern, number of hosts and forks; `#` where commands run as another user. */
export function promptOf(state: ConsoleState, user: string): string {
  const { options, pattern } = state;
  const who = options.connection.user ?? user;
  const mark = options.become.become && options.become.user === 'root' ? '#' : '$';
  return `${who}@${pattern} (${chosenHosts(state).length})[f:${options.forks}]${mark} `;
}
