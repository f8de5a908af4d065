import { randomBytes } from 'node:crypto';
import { FfeError } from '../errors/error.js';
import type { Become } from './become.js';
import { becomeCommand, isNeeded } from './become-command.js';
import { becomeDialog, becomeFailure } from './become-dialog.js';
import { createLane, type Lane } from './lane.js';
import { quote } from './quote.js';
import type { Channel, Transport } from './transport.js';

/** A started `sh`: its process id and session id on the node, so that it can be killed from outside. */
export type Hello = { readonly pid: number; readonly session: number };

/** A program that runs as the wanted user, both its streams cut clean of what login and becoming printed. */
export type Program = {
  readonly channel: Channel;
  readonly out: Lane;
  readonly err: Lane;
  /** Resolves when the program runs as the wanted user; rejects with code 'become' or 'unreachable'. */
  readonly hello: Promise<Hello>;
};

/** What to start: `body` is sh source that sees the channel's standard input. `timeout` (seconds) bounds the becoming. */
export type Start = {
  readonly host: string;
  readonly body: string;
  readonly become?: Become;
  readonly shell?: string;
  readonly timeout?: number;
};

const announce = (tag: string) =>
  `read -r _a _b _c _d _e _f _g 2>/dev/null </proc/$$/stat; printf %s "${tag}$$.$_f;"; printf %s "${tag};" >&2; `;

/** Starts a program as the wanted user. Resolves as soon as its standard input may be written to. */
export async function start(transport: Transport, options: Start): Promise<Program> {
  const tag = randomBytes(12).toString('hex');
  const shell = quote(options.shell ?? '/bin/sh');
  const body = announce(tag) + options.body;
  const become = isNeeded(options.become, transport.user) ? options.become : undefined;
  const how =
    become === undefined
      ? { command: `exec ${shell} -c ${quote(body)}` }
      : becomeCommand(become, shell, body, tag.slice(0, 8));
  const channel = await transport.open(how.command);
  const [out, err] = [createLane(), createLane()];
  const frames = Promise.all([out.expect(tag), err.expect(tag)]);
  // A program that ends without reading its input is no error; its end says what it was.
  channel.stdin.on('error', () => {});
  channel.stdout.on('data', out.feed);
  channel.stderr.on('data', err.feed);
  const failed = channel.closed.then(() => {
    const lost = transport.lost();
    if (lost !== undefined) throw lost;
    const said = err.partial().toString('utf8');
    if (become !== undefined) throw becomeFailure(become, options.host, said);
    throw new FfeError('unreachable', `${options.host}: the login shell ended at once`, {
      notes: said.trim() === '' ? [] : [said.trim()],
      hint: `can the login user run ${options.shell ?? '/bin/sh'}?`,
    });
  });
  const asked =
    become === undefined || how.prompt === undefined
      ? undefined
      : becomeDialog({
          become,
          host: options.host,
          prompt: how.prompt,
          channel,
          err,
          timeout: options.timeout,
        });
  const hello = Promise.race([frames, failed, ...(asked === undefined ? [] : [asked.refused])]).then(
    (both) => {
      asked?.done();
      const [pid, session] = both[0]!.value.split('.').map(Number);
      return { pid: pid!, session: session || pid! };
    },
  );
  hello.catch(() => {
    asked?.done();
    channel.destroy();
  });
  if (asked !== undefined) await hello;
  return { channel, out, err, hello };
}
