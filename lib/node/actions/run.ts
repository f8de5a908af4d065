import { quote, quoteAll } from '../quote.js';
import type { RunAction } from './action.js';
import type { Step } from './compiled.js';
import { WITHOUT_FUNCTIONS } from './functions.js';

/** Runs a command in a subshell, with nothing in argv but its own words. */
export function runStep(action: RunAction): Step {
  // UTF-8 even where messages must be English: what a command creates (a database, say) takes its encoding from it.
  const env = Object.entries({ LC_ALL: 'C.UTF-8', ...action.env });
  const exports = env.map(([name, value]) => `export ${name}=${value === '' ? '' : quote(value)}`);
  const enter = action.cwd === undefined ? [] : [`cd -P -- ${quote(action.cwd)} || exit`];
  const command =
    action.argv === undefined
      ? `${WITHOUT_FUNCTIONS}; eval ${quote(action.script ?? ':')}`
      : `exec ${quoteAll(action.argv)}`;
  // The traps of the actions are none of the command's business; a subshell would else run them. Nor is their private
  // umask: what a package's scripts create must be readable as after any login.
  const body = `( trap - EXIT HUP INT PIPE TERM; umask "$u"; ${[...exports, ...enter, command].join('; ')} )`;
  if (action.stdin === undefined) return { source: `${body} </dev/null`, ok: action.ok };
  const input = Buffer.from(action.stdin as string);
  return { source: `head -c ${input.length} | ${body}`, input, ok: action.ok };
}
