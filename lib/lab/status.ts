import { isFrozen, memoryBytes } from './cgroup.js';
import { initPid, isUp } from './machine.js';
import { ageSeconds } from './process.js';
import { greets } from './ready.js';
import { type Lab, type LabNode, namesOf } from './state.js';

/** How a node is: `uptime` in seconds, `memory` in bytes held by its processes; `unreachable` is up without answering ssh. */
export type NodeStatus = LabNode & {
  state: 'running' | 'unreachable' | 'frozen' | 'off';
  uptime?: number;
  memory?: number;
};

async function statusOf(lab: Lab, node: LabNode): Promise<NodeStatus> {
  const { group } = namesOf(lab, node);
  if (!isUp(lab, node)) return { ...node, state: 'off' };
  const frozen = isFrozen(group);
  const state = frozen ? 'frozen' : (await greets(node.address, 1000)) ? 'running' : 'unreachable';
  const pid = initPid(lab, node);
  const uptime = pid === undefined ? undefined : ageSeconds(pid);
  const memory = memoryBytes(group);
  return {
    ...node,
    state,
    ...(uptime === undefined ? {} : { uptime }),
    ...(memory === undefined ? {} : { memory }),
  };
}

/** How every node of a lab is, in the order of the inventory. */
export function labStatus(lab: Lab): Promise<NodeStatus[]> {
  return Promise.all(lab.nodes.map((node) => statusOf(lab, node)));
}
