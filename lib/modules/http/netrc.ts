import { readScript } from '../../node/queries/query.js';
import { quote } from '../../node/quote.js';
import type { RunInfo } from '../module.js';

/** A login that a netrc file gives. */
export type Login = { readonly user: string; readonly password: string };

function words(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '$1'));
  const found = lines.join('\n').matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g);
  return [...found].map(([, quoted, plain]) => quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
}

/** The login for a host in a netrc file (netrc(5)): its own entry, or the default one. */
export function loginIn(text: string, host: string): Login | undefined {
  const all = words(`${text}\n\n`.replace(/^macdef.*?\n\n/gms, ''));
  let open: { user: string; password: string } | undefined;
  const entries = new Map<string, { user: string; password: string }>();
  for (let i = 0; i < all.length; i++) {
    const word = all[i];
    if (word === 'machine' || word === 'default') {
      const name = word === 'default' ? '' : (all[++i] ?? '');
      open = { user: '', password: '' };
      if (!entries.has(name)) entries.set(name, open);
    } else if (word === 'login' && open) open.user = all[++i] ?? '';
    else if (word === 'password' && open) open.password = all[++i] ?? '';
    else i++;
  }
  return entries.get(host) ?? entries.get('');
}

/** The login for a URL in the netrc file of the node's user, which `NETRC` may name. */
export async function netrcLogin(info: RunInfo, url: URL): Promise<Login | undefined> {
  const named = info.environment.NETRC;
  const file = named ? quote(named) : '"$HOME/.netrc"';
  const [answer] = await info.node.ask([readScript(`cat -- ${file} 2>/dev/null`)], info.become);
  if (answer?.kind !== 'read' || answer.rc !== 0) return undefined;
  return loginIn(answer.stdout.toString('utf8'), url.hostname);
}
