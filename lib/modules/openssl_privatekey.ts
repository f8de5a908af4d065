import type { Action, Outcome } from '../node/actions/action.js';
import { quote } from '../node/quote.js';
import type { JsonObject } from '../values/json.js';
import { probeKey, probeScript, readProbe } from './crypto/key-probe.js';
import { convertKeyScript, makeKeyScript } from './crypto/make-key.js';
import { objectArgs, objectReturns } from './crypto/object-args.js';
import { decide, impossible, keyArgs, keyFacts, keyResult, keyRules, keyWish } from './crypto/plan-key.js';
import { objectQueries, planGone, planObject, withoutFolder } from './crypto/plan-object.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';
import { printed, without } from './program.js';

/** Makes private keys on the node; they never leave it unless their content is asked for. */
export const opensslPrivatekey = defineModule({
  name: 'openssl_privatekey',
  collection: 'community.crypto',
  summary: 'Keeps a private key in a file.',
  args: { ...objectArgs, ...keyArgs },
  rules: keyRules,
  diffs: { always: true, single: true },
  returns: {
    ...objectReturns,
    type: 'the kind of key that is wished',
    size: 'the bits that are wished',
    curve: 'the curve that is wished, of an ECC key',
    fingerprint: 'hashes of the public half, by their names',
    privatekey: 'the key, with return_content; base64 when it is raw',
  },
  examples: `
- name: The web server has a key
  community.crypto.openssl_privatekey:
    path: /etc/ssl/private/web.pem
    type: ECC
    curve: secp256r1
`,
  queries: (a) => ({
    ...objectQueries(a, a.return_content),
    now: a.state === 'present' ? probeKey(a, a.type) : undefined,
  }),
  plan: (a, seen, info) => {
    const refused = withoutFolder(a, seen, info);
    if (refused) return refused;
    if (!seen.now) return planGone(a, seen, keyResult(a, { exists: false, encrypted: false }));
    const lacks = without('openssl', 'openssl', seen.now, info);
    if (lacks) return lacks;
    const wrong = impossible(a);
    if (wrong !== undefined) return failed(wrong);
    const now = readProbe(seen.now);
    const decision = decide(a, now, a.force);
    if (decision.to === 'fail') return failed(decision.msg);
    const before = keyFacts(now);
    const content = seen.file.exists && seen.file.content ? shown(seen.file.content) : null;
    const result: JsonObject = {
      ...keyResult(a, now),
      ...(a.return_content && { privatekey: content }),
      diff: { before, after: before },
    };
    if (decision.to === 'keep') return planObject(a, seen, { reason: undefined, mode: '0600', result });
    const script = decision.to === 'make' ? makeKeyScript(keyWish(a)) : convertKeyScript(a, keyWish(a));
    return planObject(a, seen, {
      reason: decision.reason,
      content: { kind: 'made', script },
      mode: '0600',
      result,
      next: looks(a),
      after: (outcomes) => after(a, outcomes, before),
    });
  },
});

type Args = Parameters<typeof keyResult>[0] & { readonly path: string; readonly return_content: boolean };

function looks(a: Args): Action[] {
  const probe: Action = { kind: 'run', script: probeScript(a, a.type), touches: [] };
  const content: Action = { kind: 'run', script: `cat -- ${quote(a.path)}`, touches: [] };
  return a.return_content ? [probe, content] : [probe];
}

function after(a: Args, [, probe, content]: readonly Outcome[], before: JsonObject): JsonObject {
  const now = readProbe(probe!);
  return {
    ...keyResult(a, now),
    ...(content && { privatekey: shown(content.stdout) }),
    diff: { before, after: keyFacts(now) },
  };
}

function shown(content: Uint8Array): string {
  const bytes = Buffer.from(content);
  const pem = bytes.subarray(0, 11).toString('latin1') === '-----BEGIN ';
  return pem ? printed({ stdout: bytes }) : bytes.toString('base64');
}
