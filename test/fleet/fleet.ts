import { spawn } from 'node:child_process';
import { suite, type Test } from 'uvu';
import { FfeError } from '../../lib/errors/error.js';
import {
  type ImageSpec,
  type Lab,
  labDown,
  labUp,
  lacks,
  reserveNodes,
  sshArgv,
} from '../../lib/lab/index.js';

/** What a file of tests wants: node names (or how many: n1, n2 ...), and their image. */
export type Fleet = { nodes: number | readonly string[]; image?: ImageSpec };

/** Why nodes cannot be booted here; undefined when they can. */
export function noFleet(): string | undefined {
  if (process.env.FFE_FLEET === 'skip') return 'FFE_FLEET=skip';
  const { reasons, packages } = lacks();
  return reasons[0] ?? (packages.length > 0 ? `missing packages: ${packages.join(' ')}` : undefined);
}

function namesOf(nodes: Fleet['nodes']): readonly string[] {
  return typeof nodes === 'number' ? Array.from({ length: nodes }, (_, i) => `n${i + 1}`) : nodes;
}

const counter = { labs: 0 };

/** Boots a lab that ends with this process at the latest, on a network of its own; FFE_LAB_SUITE names its Debian release. */
export async function bootLab(fleet: Fleet): Promise<Lab> {
  const name = `test-${process.pid}-${++counter.labs}`;
  const nodes = await reserveNodes(name, namesOf(fleet.nodes));
  const suite = process.env.FFE_LAB_SUITE;
  const image = { ...(suite ? { suite } : {}), ...fleet.image };
  return labUp({ name, nodes, owned: true, image, report: (line) => console.log(line) });
}

/** Boots a lab, does work on it, and takes it down, whatever happens. */
export async function withLab<T>(fleet: Fleet, work: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await bootLab(fleet);
  try {
    return await work(lab);
  } finally {
    await labDown(lab);
  }
}

/**
 * A uvu suite whose tests share one lab, `({ lab })`. Where nodes cannot be booted every test is skipped and the
 * reason printed; `npm test` collects it.
 */
export function fleetSuite(name: string, fleet: Fleet): Test<{ lab: Lab }> {
  const test = suite<{ lab: Lab }>(name);
  const reason = noFleet();
  if (reason !== undefined) {
    console.log(`no fleet: ${reason}`);
    return Object.assign(test.skip.bind(test), test) as unknown as Test<{ lab: Lab }>;
  }
  test.before(async (context) => {
    try {
      context.lab = await bootLab(fleet);
    } catch (error) {
      // uvu counts the tests that a failing hook leaves out, and never says why.
      const why = error instanceof FfeError ? [error.message, ...error.notes] : [String(error)];
      console.log(`FAIL  ${name}: no nodes: ${why.join('\n')}`);
      throw error;
    }
  });
  test.after(async (context) => {
    if (context.lab) await labDown(context.lab);
  });
  return test;
}

/** Runs a line of sh on a node by plain ssh (`user@name`, default root) and returns what came out; throws on failure. */
export async function onNode(lab: Lab, target: string, line: string, stdin = ''): Promise<string> {
  const result = await tryOnNode(lab, target, line, stdin);
  if (result.rc !== 0) throw new Error(`${target}: ${line}: ended with ${result.rc}: ${result.stderr}`);
  return result.stdout;
}

/** As `onNode`, but gives the exit code and both streams; 255 when ssh itself failed. */
export function tryOnNode(
  lab: Lab,
  target: string,
  line: string,
  stdin = '',
): Promise<{ rc: number; stdout: string; stderr: string }> {
  const [program, ...args] = sshArgv(lab, target, [line]);
  const child = spawn(program!, ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', ...args]);
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    out.stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out.stderr += chunk;
  });
  child.stdin.on('error', () => {}); // ssh may end before it has read anything: its exit code tells
  child.stdin.end(stdin);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ rc: code ?? 255, ...out }));
  });
}
