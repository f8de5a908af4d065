import type { Module } from '../../modules/module.js';
import { readScript } from '../../node/queries/query.js';
import { quote } from '../../node/quote.js';
import { expandUser } from '../../template/filters/paths.js';
import type { JsonObject } from '../../values/json.js';
import type { Reach } from './plan-module.js';

/** Modules whose `src` is on the controller, unless remote_src says otherwise. */
const FROM_CONTROLLER = new Set(['assemble', 'copy', 'include_vars', 'script', 'template', 'unarchive']);

function needs(value: unknown): value is string {
  return typeof value === 'string' && (value.startsWith('~') || value.includes('$'));
}

/** Sh that prints a path as os.path.expanduser and expandvars have it; unknown names stay as they are. */
function printed(path: string): string {
  const match = /^~([\w.-]*)(?=\/|$)([\s\S]*)$/.exec(path);
  const [home, rest] = match ? [match[1]!, match[2]!] : [undefined, path];
  const parts = rest.split(/(\$\w+|\$\{\w+\})/).map((part) => {
    const name = /^\$\{?(\w+)\}?$/.exec(part)?.[1];
    return name === undefined ? quote(part) : `"\${${name}-"${quote(part)}"}"`;
  });
  if (!home) return `printf '%s\\0' ${home === '' ? '"$HOME"' : ''}${parts.join('')}`;
  // A quoted sign within the word keeps the shell from looking for the user, so the home is a word of its own.
  return `h=~${home}; printf '%s\\0' "$h"${parts.join('')}`;
}

/** Expands `~` and variables in arguments of type path: with the node's environment, or for a controller's `src` here. */
export async function expandPaths(module: Module, args: JsonObject, reach: Reach): Promise<JsonObject> {
  const names = Object.keys(module.args).filter((n) => module.args[n]!.type === 'path' && needs(args[n]));
  if (names.length === 0) return args;
  const here = (name: string) =>
    (name === 'src' || module.name === 'include_vars') &&
    FROM_CONTROLLER.has(module.name) &&
    args.remote_src !== true;
  const out = { ...args };
  for (const name of names.filter(here)) out[name] = expandUser(String(args[name]));
  const there = names.filter((name) => !here(name));
  if (there.length === 0) return out;
  const query = readScript(there.map((name) => printed(String(args[name]))).join('\n'));
  const [answer] = await (await reach.node()).ask([query], reach.become());
  const texts = answer?.kind === 'read' ? answer.stdout.toString('utf8').split('\0') : [];
  for (const [i, name] of there.entries()) out[name] = texts[i] || args[name];
  return out;
}
