import { read } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { dhBits } from './crypto/dhparam.js';
import { backendArg, objectArgs, objectReturns } from './crypto/object-args.js';
import { contentOf, objectQueries, planGone, planObject, withoutFolder } from './crypto/plan-object.js';
import { defineModule } from './module.js';
import { printed, without } from './program.js';

/** Why the parameters do not do; undefined when they do. */
function reason(
  wished: number,
  found: number | undefined,
  exists: boolean,
  force: boolean,
): string | undefined {
  if (!exists) return 'there are no parameters';
  if (force) return 'new parameters are asked for';
  if (found === undefined) return 'what is there are no parameters';
  return found === wished ? undefined : `the parameters have ${found} bits`;
}

/** Makes Diffie-Hellman parameters, which may take minutes. */
export const opensslDhparam = defineModule({
  name: 'openssl_dhparam',
  collection: 'community.crypto',
  summary: 'Keeps Diffie-Hellman parameters in a file.',
  args: {
    ...objectArgs,
    size: { type: 'int', default: 4096, doc: 'Their bits.' },
    select_crypto_backend: backendArg('cryptography', 'openssl'),
  },
  returns: {
    ...objectReturns,
    size: 'the bits that are wished',
    dhparams: 'the parameters as PEM, with return_content',
  },
  examples: `
- name: The web server has parameters of its own
  community.crypto.openssl_dhparam:
    path: /etc/ssl/dhparams.pem
    size: 2048
`,
  queries: (a) => ({ ...objectQueries(a), openssl: read(['openssl', 'version']) }),
  plan: (a, seen, info) => {
    const refused = withoutFolder(a, seen, info);
    if (refused) return refused;
    const size = { size: a.size };
    if (a.state === 'absent')
      return planGone(a, seen, { ...size, ...(a.return_content && { dhparams: null }) });
    const content = contentOf(seen.file);
    const why = reason(a.size, dhBits(content), seen.file.exists, a.force);
    const lacks = why === undefined ? undefined : without('openssl', 'openssl', seen.openssl, info);
    if (lacks) return lacks;
    const now = content === undefined ? null : Buffer.from(content).toString('utf8');
    return planObject(a, seen, {
      reason: why,
      content: { kind: 'made', script: `openssl dhparam ${a.size}` },
      result: { ...size, ...(a.return_content && { dhparams: now }) },
      next: a.return_content ? [{ kind: 'run', script: `cat -- ${quote(a.path)}`, touches: [] }] : [],
      after: ([, shown]) => (shown ? { dhparams: printed(shown) } : {}),
    });
  },
});
