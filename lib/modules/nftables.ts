import { createHash } from 'node:crypto';
import { text } from '../node/content.js';
import { path, readScript } from '../node/queries/query.js';
import { printText, quote } from '../node/quote.js';
import { defineModule } from './module.js';
import { change, failed, ok } from './plan.js';
import { probed, textOf } from './probed-file.js';
import { complaint, without } from './program.js';

/** Where the digest of the rules that were loaded last is kept, until the next boot. */
const LOADED = '/run/ffe-nftables';

/** Loads the file as one transaction of the kernel; when that fails the rules stay, and the old file comes back. */
function loadScript(file: string, before: string | undefined, digest: string): string {
  const back = before === undefined ? `rm -f ${quote(file)}` : `${printText(before)} > ${quote(file)}`;
  return `nft -f ${quote(file)} || { r=$?; ${back}; exit $r; }
nft list ruleset | sha256sum > ${LOADED}.now && printf '%s ' ${digest} | cat - ${LOADED}.now > ${LOADED} && rm -f ${LOADED}.now`;
}

/** Loads a whole rule set at once, after nft has checked it. */
export const nftables = defineModule({
  name: 'nftables',
  collection: 'ffe.provision',
  summary: 'Loads a rule set of nftables atomically',
  args: {
    content: {
      type: 'str',
      required: true,
      doc: 'The rule set, in the words of nft(8); it should begin with flush ruleset.',
    },
    path: { type: 'path', default: '/etc/nftables.conf', doc: 'The file that keeps it for the next boot.' },
  },
  returns: { path: 'the file' },
  examples: `
- name: Only ssh is let in
  nftables:
    content: |
      flush ruleset
      table inet filter {
        chain input {
          type filter hook input priority 0; policy drop;
          ct state established,related accept
          tcp dport 22 accept
        }
      }
`,
  queries: (a) => ({
    file: path(a.path, { content: true, follow: true }),
    checked: readScript(`${printText(a.content)} | nft -c -f -`),
    loaded: readScript(`[ ! -r ${LOADED} ] || { cat ${LOADED}; nft list ruleset | sha256sum; }`),
  }),
  plan: (a, { file, checked, loaded }, info) => {
    const lacks = without('nft', 'nftables', checked, info);
    if (lacks) return lacks;
    const result = { path: a.path };
    if (checked.rc !== 0)
      return failed(`nft refuses the rule set; nothing was changed: ${complaint(checked)}`, result);
    const digest = createHash('sha256').update(a.content).digest('hex');
    const [kept, was, , now] = loaded.stdout.toString('utf8').split(/\s+/);
    const before = textOf(file);
    if (before === a.content && kept === digest && was === now) return ok('the rule set is loaded', result);
    const write = {
      path: a.path,
      content: text(a.content),
      expect: probed(file),
      attributes: file.exists ? undefined : { mode: 0o644 },
    };
    return change(
      'the rule set is loaded',
      [
        { kind: 'write', ...write },
        { kind: 'run', script: loadScript(a.path, before, digest) },
      ],
      {
        result,
        diff: [
          {
            before: before ?? '',
            after: a.content,
            beforeHeader: file.exists ? a.path : '/dev/null',
            afterHeader: a.path,
          },
        ],
        explain: (_, o) => complaint(o),
      },
    );
  },
});
