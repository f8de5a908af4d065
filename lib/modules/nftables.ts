import { createHash } from 'node:crypto';
import type { Action } from '../node/actions/action.js';
import { text } from '../node/content.js';
import { type PathAnswer, path, type ReadAnswer, readScript } from '../node/queries/query.js';
import { printText, quote } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type ModuleResult, type PlanInfo, type RunInfo } from './module.js';
import { armUndo, confirmRules } from './nftables/undo.js';
import { change, failed, ok, type Plan } from './plan.js';
import { probed, textOf } from './probed-file.js';
import { complaint, without } from './program.js';
import { StepError, stepping } from './steps.js';

/** Where the digest of the rules that were loaded last is kept, until the next boot. */
const LOADED = '/run/ffe-nftables';

/** Loads the file as one transaction of the kernel; when that fails the rules stay, and the old file comes back. */
function loadScript(file: string, before: string | undefined, digest: string): string {
  const back = before === undefined ? `rm -f ${quote(file)}` : `${printText(before)} > ${quote(file)}`;
  return `nft -f ${quote(file)} || { r=$?; ${back}; exit $r; }
nft list ruleset | sha256sum > ${LOADED}.now && printf '%s ' ${digest} | cat - ${LOADED}.now > ${LOADED} && rm -f ${LOADED}.now`;
}

const args = {
  content: {
    type: 'str',
    required: true,
    doc: 'The rule set, in the words of nft(8); it should begin with flush ruleset.',
  },
  path: { type: 'path', default: '/etc/nftables.conf', doc: 'The file that keeps it for the next boot.' },
  undo_after: {
    type: 'int',
    default: 30,
    doc: 'Seconds after which the old rules come back unless a new connection could be made; 0 for never.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;
type Answers = { readonly file: PathAnswer; readonly checked: ReadAnswer; readonly loaded: ReadAnswer };

async function answers(info: RunInfo, a: Args): Promise<Answers> {
  const queries = [
    path(a.path, { content: true, follow: true }),
    readScript(`${printText(a.content)} | nft -c -f -`),
    readScript(`[ ! -r ${LOADED} ] || { cat ${LOADED}; nft list ruleset | sha256sum; }`),
  ];
  const [file, checked, loaded] = await info.node.ask(queries, info.become);
  return { file, checked, loaded } as Answers;
}

/** What is to be done: nothing, or to write the file and load it. */
function planRules(a: Args, { file, checked, loaded }: Answers, info: PlanInfo): Plan {
  const lacks = without('nft', 'nftables', checked, info);
  if (lacks) return lacks;
  if (checked.rc !== 0) return failed(`nft refuses the rule set; nothing was changed: ${complaint(checked)}`);
  const digest = createHash('sha256').update(a.content).digest('hex');
  const [kept, was, , now] = loaded.stdout.toString('utf8').split(/\s+/);
  const before = textOf(file);
  if (before === a.content && kept === digest && was === now) return ok('the rule set is loaded');
  const attributes = file.exists ? undefined : { mode: 0o644 };
  const write: Action = {
    ...{ kind: 'write', path: a.path, content: text(a.content), expect: probed(file), attributes },
  };
  return change('the rule set is loaded', [
    write,
    { kind: 'run', script: loadScript(a.path, before, digest) },
  ]);
}

async function load(info: RunInfo, a: Args, actions: readonly Action[]): Promise<void> {
  const undo = { file: a.path, seconds: a.undo_after };
  const folder = undo.seconds > 0 && !info.node.local ? await armUndo(info, undo) : undefined;
  const done = await info.node.apply(actions, [], info.become);
  if (done.failed !== undefined) throw new StepError(complaint(done.outcomes.at(-1)!));
  if (folder !== undefined) await confirmRules(info, folder, undo);
}

async function loadRules(info: RunInfo, a: Args): Promise<ModuleResult> {
  const result = { path: a.path };
  const asked = await answers(info, a);
  const plan = planRules(a, asked, info);
  if (plan.kind === 'failed') throw new StepError(plan.msg, result);
  if (plan.kind !== 'change') return { changed: false, ...result };
  if (!info.check) await load(info, a, plan.actions);
  const before_header = asked.file.exists ? a.path : '/dev/null';
  const texts = { before: textOf(asked.file) ?? '', after: a.content, before_header, after_header: a.path };
  return { changed: true, ...result, ...(info.diff && { diff: [texts] }) };
}

/** Loads a whole rule set at once, after nft has checked it. */
export const nftables = defineModule({
  name: 'nftables',
  collection: 'ffe.provision',
  summary: 'Loads a rule set of nftables atomically, and undoes it where it locks us out',
  args,
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
  check: 'handled',
  run: (info) => stepping(() => loadRules(info, info.args)),
});
