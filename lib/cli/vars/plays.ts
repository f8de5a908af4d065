import { finishAt } from '../../engine/evaluate.js';
import { playRun } from '../../engine/play.js';
import { hostScope } from '../../engine/preview.js';
import { scopeOf } from '../../engine/scopes.js';
import { FfeError } from '../../errors/error.js';
import { selectHosts } from '../../inventory/select.js';
import { loadPlaybook } from '../../playbook/load.js';
import type { Play } from '../../playbook/tree.js';
import type { Pos } from '../../values/position.js';
import { str } from '../../values/print.js';
import type { LayeredScope } from '../../vars/scope.js';
import type { View } from '../view/view-run.js';

/** What a host sees in one play; without a play, what any play would see. */
export type Seen = {
  readonly scope: LayeredScope;
  readonly play?: { readonly name: string; readonly pos: Pos };
};

function seenIn({ run }: View, play: Play, host: string): Seen[] {
  const draft = playRun(run, play, [], new Map());
  run.playing.current = draft;
  const hostless = scopeOf({ play: draft, host: 'localhost' });
  const value = finishAt(play.hosts, hostless);
  const pattern = (Array.isArray(value) ? value : [value]).map((part) => str(part)).join(',');
  const { hosts } = selectHosts(run.inventory, pattern);
  if (!hosts.includes(host)) return [];
  const name = play.name ? str(finishAt(play.name, hostless)) : pattern;
  const current = playRun(run, play, hosts, new Map(), draft.beside);
  run.playing.current = current;
  return [{ scope: scopeOf({ play: current, host }), play: { name, pos: play.pos } }];
}

/**
 * The scopes in which a host's variables are looked at: one for each play of the playbook that has the host, or one
 * without any play. Throws code 'not-found' when no play has it.
 */
export async function* scopesOf(
  view: View,
  host: string,
  dir: string,
  playbook?: string,
): AsyncGenerator<Seen> {
  const bare = hostScope(view.run, dir, host);
  if (playbook === undefined) {
    yield { scope: bare };
    return;
  }
  const { plays } = (await loadPlaybook(playbook, view.loading)).playbook;
  let count = 0;
  for (const play of plays)
    for (const seen of seenIn(view, play, host)) {
      count += 1;
      yield seen;
    }
  if (count === 0)
    throw new FfeError('not-found', `no play of ${playbook} has the host '${host}'`, {
      hint: 'leave the playbook out to see what the inventory gives it',
    });
}
