import { type Lab, nodeNamed } from '../../../lib/lab/index.js';
import { onNode } from '../fleet.js';
import { DATA } from './shape.js';

/** A time during which an agent ran: on which node, from when to when in seconds, in which version. */
export type Turn = { node: string; from: number; to: number; version: string };

/** The turns that a stand-in's log tells of; one that was cut off ends with its last sign of life. */
export function turnsIn(node: string, log: string): Turn[] {
  const turns: Turn[] = [];
  for (const line of log.trim().split('\n').filter(Boolean)) {
    const [word, at, version = ''] = line.split(' ');
    if (word === 'start') turns.push({ node, from: Number(at), to: Number(at), version });
    else turns[turns.length - 1]!.to = Number(at);
  }
  return turns;
}

/** Pairs of turns of which one began before the other had ended. */
export function overlaps(turns: readonly Turn[]): [Turn, Turn][] {
  const sorted = [...turns].sort((a, b) => a.from - b.from);
  return sorted.flatMap((turn, i) =>
    sorted.slice(i + 1).flatMap((later): [Turn, Turn][] => (later.from < turn.to ? [[turn, later]] : [])),
  );
}

/** All turns of the agents of some nodes, in order of their beginning. */
export async function agentTurns(lab: Lab, nodes: readonly string[]): Promise<Turn[]> {
  const logs = await Promise.all(
    nodes.map(async (node) =>
      turnsIn(node, await onNode(lab, node, `cat ${DATA}/agent.log 2>/dev/null || :`)),
    ),
  );
  return logs.flat().sort((a, b) => a.from - b.from);
}

/** Starts two clients on a node that ask a balancer again and again, one of them below the path of streams. */
export async function startLoad(lab: Lab, node: string): Promise<void> {
  const { address } = nodeNamed(lab, node);
  const ask = `curl -sk --max-time 10 -o /dev/null -w '%{http_code}\\n' https://${address}`;
  for (const [name, path] of Object.entries({ load1: '/', load2: '/api/v1/bot/x' })) {
    const loop = `while [ ! -e /run/stop ]; do ${ask}${path} >> /run/${name}; sleep 0.02; done`;
    await onNode(lab, node, `rm -f /run/stop /run/${name}; cat > /run/${name}.sh`, loop);
    await onNode(lab, node, `systemd-run --quiet --unit=${name} bash /run/${name}.sh`);
  }
}

/** Ends them. Returns how often each status came (000 for none), of the first client and of the second. */
export async function stopLoad(lab: Lab, node: string): Promise<Record<string, number>[]> {
  const wait = 'while systemctl -q is-active load1 || systemctl -q is-active load2; do sleep 0.1; done';
  await onNode(lab, node, `touch /run/stop; ${wait}`);
  return Promise.all(
    ['load1', 'load2'].map(async (name) => {
      const counted = await onNode(lab, node, `sort /run/${name} | uniq -c`);
      return Object.fromEntries(
        counted
          .trim()
          .split('\n')
          .map((line) => {
            const [count, status] = line.trim().split(' ');
            return [status!, Number(count)];
          }),
      );
    }),
  );
}
