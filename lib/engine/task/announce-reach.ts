import { becomeCommand } from '../../node/become-command.js';
import type { Attempt } from './attempt.js';
import type { Reach } from './plan-module.js';

/** The command without what the shell in it would be given: nothing, in quotes, which su's own quotes quote again. */
function shown(command: string): string {
  return command
    .replace(/^exec /, '')
    .replace(/ -c ''$/, ' -c ...')
    .replace(/ -c '\\'''\\'''$/, " -c ...'");
}

/** Tells at -vvvv how another user is become: once per host and way, as the shell that does it serves all tasks. */
export function announceReach(attempt: Attempt, reach: Reach, delegate: string | undefined): void {
  const { run, host, module } = attempt;
  if (run.options.verbosity < 4 || (module.kind === 'run' && module.local)) return;
  const become = reach.become();
  if (become === undefined) return;
  const { command } = becomeCommand(become, '/bin/sh', '', '...');
  const text = `EXEC ${run.redactor.text(shown(command))}`;
  const on = delegate ?? host.name;
  const key = `${on}|${text}`;
  if (run.ways.has(key)) return;
  run.ways.add(key);
  run.emit({ type: 'reach', host: on, text });
}
