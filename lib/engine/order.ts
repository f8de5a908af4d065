import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { HostOrder } from '../inventory/select.js';
import { str } from '../values/print.js';
import type { LayeredScope } from '../vars/scope.js';
import { finishAt } from './evaluate.js';
import type { PlayRun } from './state.js';

const ORDERS: readonly HostOrder[] = [
  'inventory',
  'reverse_inventory',
  'sorted',
  'reverse_sorted',
  'shuffle',
];

/** The order a play wants its hosts in; undefined for the inventory's own. */
export function orderOf(play: PlayRun, scope: LayeredScope): HostOrder | undefined {
  const at = play.play.keywords.get('order');
  const value = at && finishAt(at, scope);
  if (at === undefined || value === undefined || value === null) return undefined;
  const word = str(value);
  const order = ORDERS.find((o) => o === word);
  if (order) return order;
  throw new FfeError(
    'bad-value',
    `Invalid 'order' specified for inventory hosts: ${word}${didYouMean(word, ORDERS)}`,
    { pos: at.pos },
  );
}
