import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { str } from '../../values/print.js';
import { finishAt } from '../evaluate.js';
import { scopeOf } from '../scopes.js';
import type { Batch, PlayRun } from '../state.js';
import type { Cursor } from './cursor.js';
import { free, hostPinned } from './free.js';
import { linear } from './linear.js';

/** Leads the hosts of a batch through the play. */
export type Strategy = (batch: Batch, cursors: readonly Cursor[]) => Promise<void>;

const STRATEGIES: Readonly<Record<string, Strategy>> = {
  linear,
  debug: linear,
  free,
  host_pinned: hostPinned,
  mitogen_linear: linear,
  mitogen_free: free,
  mitogen_host_pinned: hostPinned,
};

/** The play's strategy; an unknown name is an error with a suggestion. */
export function strategyNamed(play: PlayRun): Strategy {
  const at = play.play.keywords.get('strategy');
  const written = at ? str(finishAt(at, scopeOf({ play, host: play.hosts[0]! }))) : play.run.options.strategy;
  const name = written.replace(/^ansible\.builtin\./, '');
  const strategy = STRATEGIES[name];
  if (strategy) return strategy;
  throw new FfeError(
    'unknown-name',
    `Invalid play strategy specified: ${name}${didYouMean(name, Object.keys(STRATEGIES))}`,
    { pos: at?.pos },
  );
}
