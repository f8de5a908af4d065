import type { AskPassphrase, Target } from './target.js';
import type { Transport } from './transport.js';

/** What reaches the targets of one run: keys and files are read once, passphrases are asked for once. */
export type Wallet = { reach(target: Target): Promise<Transport> };

/** A wallet that has read nothing yet; the libraries for a kind of connection are loaded with the first of its kind. */
export function createWallet(ask?: AskPassphrase): Wallet {
  let ssh: Promise<Wallet['reach']> | undefined;
  return {
    reach: async (target) => {
      if (target.connection === 'local') return (await import('./local.js')).localTransport(target.cwd);
      ssh ??= import('./ssh/dial.js').then(({ createDial }) => createDial(ask));
      return (await ssh)(target);
    },
  };
}
