import type { PartyChange, RunInfo } from '../../modules/module.js';
import { type ConnectionSettings, connectionSettings, nodeFor } from '../connect.js';
import { keywords } from '../evaluate.js';
import { delegateSettings, reachOf } from '../reach.js';
import type { Attempt } from './attempt.js';
import { delegateOf } from './delegate.js';

const CONTROLLER: ConnectionSettings = { name: 'localhost', connection: 'local', host: 'localhost' };

function changed(settings: ConnectionSettings, change: PartyChange): ConnectionSettings {
  const { port = settings.port, privateKeyFile = settings.privateKeyFile } = change;
  return { ...settings, port, privateKeyFile, user: change.user === null ? undefined : settings.user };
}

/** The machines that take part in a task, each reached as tasks on it are. */
export function partiesOf(attempt: Attempt): RunInfo['party'] {
  const { run, scope, host, effective } = attempt;
  const open = (settings: ConnectionSettings, { fresh = false }: PartyChange) =>
    fresh ? run.open(settings) : nodeFor(run, settings);
  return async (which, change = {}) => {
    if (which === 'controller')
      return { host: 'localhost', node: await open(CONTROLLER, change), become: undefined, local: true };
    const delegate = which === 'task' ? delegateOf(attempt) : undefined;
    const settings =
      delegate === undefined
        ? changed(connectionSettings(run, host.name, scope, keywords(effective, scope)), change)
        : delegateSettings(attempt, delegate);
    const node = await open(settings, change);
    const become = reachOf(attempt, delegate).become();
    return { host: delegate ?? host.name, node, become, local: node.local };
  };
}
