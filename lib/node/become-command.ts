import type { Become } from './become.js';
import { quote } from './quote.js';

/** How a program is started as another user: the command line, and the prompt at which the password is to be fed. */
export type BecomeCommand = { readonly command: string; readonly prompt?: string | RegExp };

/** Whether anything has to be run to become that user: not for oneself, unless flags ask for it. */
export function isNeeded(become: Become | undefined, login: string): become is Become {
  return become !== undefined && (become.user !== login || become.flags !== undefined);
}

/** The command line that runs `sh -c body` as the wanted user. `nonce` makes sudo's prompt one that nothing else prints. */
export function becomeCommand(become: Become, shell: string, body: string, nonce: string): BecomeCommand {
  const inner = `${shell} -c ${quote(body)}`;
  if (become.method === 'sudo') return sudo(become, inner, nonce);
  if (become.method === 'su') return su(become, inner);
  return {
    command: `exec ${become.exe ?? 'doas'} ${become.flags ?? '-n'} -u ${quote(become.user)} ${inner}`,
  };
}

// Without a password sudo must never read one: it would swallow the first script.
function sudo(become: Become, inner: string, nonce: string): BecomeCommand {
  const wanted = (become.flags ?? '-H').split(/\s+/).filter((flag) => flag !== '' && flag !== '-n');
  const prompt = `[become ${nonce}] password:`;
  const asking = become.password === undefined ? ['-n'] : ['-S', '-p', quote(prompt)];
  const words = [become.exe ?? 'sudo', ...wanted, ...asking, '-u', quote(become.user), inner];
  const command = `exec ${words.join(' ')}`;
  return become.password === undefined ? { command } : { command, prompt };
}

// su has no flag for its prompt and translates it, so anything that ends in a colon counts. `-s` because service users
// have a login shell that refuses.
function su(become: Become, inner: string): BecomeCommand {
  const flags = become.flags ?? '-s /bin/sh';
  return {
    command: `exec ${become.exe ?? 'su'} ${flags} ${quote(become.user)} -c ${quote(`exec ${inner}`)}`,
    prompt: /[^\s:]\s*[:\uff1a] ?$/u,
  };
}
