import { tagged } from '../engine/tags.js';
import type { Inventory } from '../inventory/inventory.js';
import { selectHosts } from '../inventory/select.js';
import type { Play, Playbook } from '../playbook/tree.js';
import { type Listed, walkPlay } from '../playbook/walk.js';
import { repr, str } from '../values/print.js';
import type { Value } from '../values/value.js';

/** What is to be listed, and the selection that applies. `evaluate` finishes a play's keywords (extra vars may be in them). */
export type Listing = {
  readonly hosts: boolean;
  readonly tasks: boolean;
  readonly tags: boolean;
  readonly inventory: Inventory;
  readonly limit?: string;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly evaluate: (play: Play, value: Value) => Value;
};

function patternOf(play: Play, listing: Listing): string[] {
  const value = listing.evaluate(play, play.hosts.value as Value);
  return (Array.isArray(value) ? value : [value]).map((v) => str(v));
}

function selected(play: Play, listing: Listing): Listed[] {
  const wanted = (t: Listed): boolean =>
    tagged(new Set(t.tags), { tags: listing.only, skipTags: listing.skip });
  return [...walkPlay(play)].filter(wanted);
}

function playLines(play: Play, number: number, listing: Listing): string[] {
  const pattern = patternOf(play, listing);
  const name = play.name ? str(listing.evaluate(play, play.name.value as Value)) : pattern.join(',');
  const out = [
    '',
    `  play #${number} (${pattern.join(',')}): ${name}\tTAGS: [${[...play.frame.tags].sort().join(',')}]`,
  ];
  if (listing.hosts) {
    const { hosts } = selectHosts(listing.inventory, pattern.join(','), { limit: listing.limit });
    out.push(
      `    pattern: ${repr(pattern)}`,
      `    hosts (${hosts.length}):`,
      ...hosts.map((h) => `      ${h}`),
    );
  }
  const tasks = listing.tasks || listing.tags ? selected(play, listing) : [];
  if (listing.tasks)
    out.push('    tasks:', ...tasks.map((t) => `      ${t.title}\tTAGS: [${t.tags.join(', ')}]`));
  if (listing.tags)
    out.push(`      TASK TAGS: [${[...new Set(tasks.flatMap((t) => t.tags))].sort().join(', ')}]`);
  return out;
}

/** The text of --list-hosts, --list-tasks and --list-tags, in ansible-playbook's form. */
export function listText(playbooks: readonly Playbook[], words: readonly string[], listing: Listing): string {
  const parts = playbooks.flatMap((playbook, i) => [
    '',
    `playbook: ${words[i] ?? playbook.file}`,
    ...playbook.plays.flatMap((play, n) => playLines(play, n + 1, listing)),
  ]);
  return `${parts.join('\n')}\n`;
}
