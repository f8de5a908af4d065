import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { quote } from '../node/quote.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { patiently } from './wait/patience.js';
import { answers } from './wait/reach.js';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** Reboots the node and waits until it is back: another boot, which a number of the kernel proves. */
export const reboot = defineModule({
  name: 'reboot',
  summary: 'Reboots a machine',
  args: {
    pre_reboot_delay: { type: 'float', default: 0, doc: 'Seconds until it goes down, in whole minutes.' },
    post_reboot_delay: { type: 'float', default: 0, doc: 'Seconds to wait before it is looked for.' },
    reboot_timeout: {
      type: 'int',
      default: 600,
      doc: 'Seconds until it must be back, and again until test_command works.',
    },
    connect_timeout: { type: 'int', doc: 'Seconds that one try may take.' },
    test_command: { type: 'str', default: 'whoami', doc: 'A command that must work when it is back.' },
    msg: { type: 'str', default: 'Reboot initiated by Ansible', doc: 'What users are told.' },
    search_paths: {
      type: 'list',
      elements: 'str',
      default: ['/sbin', '/bin', '/usr/sbin', '/usr/bin', '/usr/local/sbin'],
      doc: 'Where shutdown is looked for.',
    },
    boot_time_command: {
      type: 'str',
      default: `cat ${BOOT_ID}`,
      doc: 'A command whose output changes with a boot.',
    },
    reboot_command: { type: 'str', doc: 'The command that reboots; default: shutdown -r.' },
  },
  returns: { rebooted: 'whether it was rebooted', elapsed: 'seconds' },
  examples: '- name: Start the new kernel\n  reboot:\n    reboot_timeout: 300\n',
  check: 'handled',
  run: (info) =>
    info.check
      ? Promise.resolve({ changed: true, elapsed: 0, rebooted: true })
      : rebootNode(info, info.args as RebootArgs),
});

type RebootArgs = {
  readonly pre_reboot_delay: number;
  readonly post_reboot_delay: number;
  readonly reboot_timeout: number;
  readonly test_command: string;
  readonly msg: string;
  readonly search_paths: readonly string[];
  readonly boot_time_command: string;
  readonly reboot_command?: string;
};

/** True when the node is the controller itself: the same boot of the same machine. */
async function isController(info: RunInfo): Promise<boolean> {
  const here = await Promise.all(
    [BOOT_ID, '/etc/machine-id'].map((f) => readFile(f, 'utf8').catch(() => '')),
  );
  const there = await info.node.run({ line: `cat ${BOOT_ID} /etc/machine-id 2>/dev/null` }, info.become);
  return here.join('') === there.stdout.toString('utf8');
}

function command(args: RebootArgs): string {
  const path = `PATH=${quote(args.search_paths.join(':'))}:$PATH; export PATH; `;
  const minutes = Math.max(0, Math.floor(args.pre_reboot_delay / 60));
  return path + (args.reboot_command ?? `shutdown -r +${minutes} ${quote(args.msg)}`);
}

async function rebootNode(info: RunInfo, args: RebootArgs): Promise<ModuleResult> {
  const { node, become, signal } = info;
  const refuse = (msg: string, elapsed = 0): ModuleResult => ({
    failed: true,
    changed: false,
    rebooted: false,
    elapsed,
    msg,
  });
  const started = Date.now();
  const elapsed = () => Math.floor((Date.now() - started) / 1000);
  if (await isController(info))
    return refuse('Running reboot with local connection would reboot the control node.');
  const before = await node.run({ line: args.boot_time_command }, become);
  if (before.rc !== 0)
    return refuse(`failed to get the boot time: ${before.stderr.toString('utf8').trim()}`, elapsed());
  // The node may go down before it can say that the command has ended.
  const sent = await node.exec({ line: command(args), timeout: 60 }, become).catch(() => undefined);
  if (sent !== undefined && sent.rc > 0 && sent.rc < 128 && sent.timedOut !== true)
    return refuse(`Reboot command failed. Error was: '${sent.stdout}, ${sent.stderr}'`, elapsed());
  info.did('started the reboot');
  await node.reset().catch(() => {});
  if (args.post_reboot_delay > 0) await setTimeout(args.post_reboot_delay * 1000, undefined, { signal });
  const patience = { delay: 0, sleep: 1, timeout: args.reboot_timeout };
  const back = await patiently(patience, signal, async () => {
    const now = await answers(node, become, args.boot_time_command);
    if (now === undefined || now.stdout.equals(before.stdout)) return undefined;
    return now;
  });
  if (back.found === undefined)
    return refuse(`Timed out waiting for last boot time check (timeout=${args.reboot_timeout})`, elapsed());
  const works = await patiently(patience, signal, () => answers(node, become, args.test_command));
  if (works.found === undefined)
    return {
      ...refuse(`Timed out waiting for post-reboot test command (timeout=${args.reboot_timeout})`, elapsed()),
      rebooted: true,
    };
  node.forget();
  return { changed: true, rebooted: true, elapsed: elapsed() };
}
