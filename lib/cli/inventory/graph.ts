import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import type { Group } from '../../inventory/inventory.js';
import { compareStrings } from '../../values/order.js';
import { str } from '../../values/print.js';
import { type RawVars, variablesOfGroup, variablesOfHost } from './host-variables.js';
import { shownValue } from './plain.js';
import type { TreeView } from './tree.js';

function line(name: string, depth: number): string {
  return depth === 0 ? name : `${'  |'.repeat(depth)}--${name}`;
}

function varLines(vars: RawVars, depth: number): string[] {
  return [...vars]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([name, raw]) => line(`{${name} = ${str(shownValue(raw))}}`, depth));
}

/** A group and all below it as lines of a tree, with variables if wanted. Throws code 'usage' for an unknown group. */
export function graphText(view: TreeView, start: string, withVars: boolean): string {
  const { groups, hosts } = view.run.inventory;
  const lines = (group: Group, depth: number): string[] => {
    const children = [...group.children].flatMap((name) => lines(groups.get(name)!, depth + 1));
    const own = group.name === 'all' ? [] : [...group.hosts].filter(view.shown);
    const members = own.flatMap((name) => [
      line(name, depth + 1),
      ...(withVars ? varLines(variablesOfHost(view, hosts.get(name)!), depth + 2) : []),
    ]);
    const vars = withVars ? varLines(variablesOfGroup(view, group), depth + 1) : [];
    return [line(`@${group.name}:`, depth), ...children, ...members, ...vars];
  };
  const top = groups.get(start);
  if (top) return lines(top, 0).join('\n');
  throw new FfeError(
    'usage',
    `Pattern must be valid group name when using --graph, found '${start}'${didYouMean(start, [...groups.keys()])}`,
  );
}
