import type { Exec } from './node.js';
import { quote, quoteAll } from './quote.js';

/** Sh source that goes into the directory, sets the environment and becomes the command; `run` is sh source of words before it. */
export function commandText(command: Exec, run = ''): string {
  const cd = command.cwd === undefined ? '' : `cd -P -- ${quote(command.cwd)} || exit 1; `;
  const env = Object.entries(command.env ?? {}).map(([name, value]) => `export ${name}=${quote(value)}; `);
  const words =
    command.argv === undefined
      ? `${quote(command.shell ?? '/bin/sh')} -c ${quote(command.line ?? ':')}`
      : quoteAll(command.argv);
  return `${cd}${env.join('')}exec ${run}${words}`;
}
