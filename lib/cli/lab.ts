import { spawn } from 'node:child_process';
import { FfeError } from '../errors/error.js';
import { renderError } from '../errors/render.js';
import {
  defaultDir,
  type ImageSpec,
  type Lab,
  type LabInventory,
  labDown,
  labReboot,
  labReset,
  labStatus,
  labUp,
  loadLab,
  nodeNamed,
  readLabInventory,
  requireLab,
  sshArgv,
  writeLoginInventory,
} from '../lab/index.js';
import { type LabArguments, labArguments } from './lab-arguments.js';
import { statusLines } from './lab-status.js';

const HELP = `ffe-provision lab ACTION [-i INVENTORY] [OPTIONS] [NODE...]

Boots one disposable Debian node per host of the inventory, at the host's own address.

actions:
  up                 boot the nodes that do not run; the first time builds their image
  down               take the lab down; nothing of it is left
  status             name, address, state, uptime and memory of every node
  ssh NODE [CMD...]  log in to a node (USER@NODE for admin or operator), or run a command there
  reset [NODE...]    give nodes the image's files again (default: all)
  reboot [NODE...]   reboot nodes (default: all)

options:
  -i, --inventory FILE     YAML inventory (default inventory/lab.yml)
  -l, --limit NODE,...     only these nodes
      --suite RELEASE      the Debian release nodes run: bookworm (default), trixie, ...
      --image VARIANT      minimal: no python (default); python: python3 for Ansible
      --include PKG,...    further Debian packages in the image
      --install            install what this machine lacks by apt-get
      --name NAME          the lab's name (default: from the inventory's path)

It needs Linux, root and a few Debian packages; it says which. A typical round:
  ffe-provision lab up -i inventory/lab.yml --install
  ffe-provision lab ssh -i inventory/lab.yml web1
  ffe-provision lab reset -i inventory/lab.yml web1
  ffe-provision lab down -i inventory/lab.yml
`;

type Job = { args: LabArguments; name: string; inventory: () => LabInventory; signal: AbortSignal };

const say = (line: string) => process.stdout.write(`${line}\n`);

function existing({ name, args }: Job): Lab {
  const lab = loadLab(defaultDir(name));
  if (lab) return lab;
  throw new FfeError('lab', `the lab '${name}' is not up`, {
    hint: `ffe-provision lab up -i ${args.inventory}`,
  });
}

function imageOf({ args }: Job, vars: LabInventory['vars']): ImageSpec {
  const suite = args.suite ?? vars.lab_suite;
  const variant = args.image ?? vars.lab_image;
  const include = args.include ?? vars.lab_include;
  return {
    ...(typeof suite === 'string' ? { suite } : {}),
    ...(variant === 'python' || variant === 'minimal' ? { variant } : {}),
    ...(Array.isArray(include) ? { include: include.map(String) } : {}),
  };
}

async function up(job: Job): Promise<number> {
  const { args, name, signal } = job;
  const { nodes, vars } = job.inventory();
  const only = args.limit.length > 0 ? { only: args.limit } : {};
  const began = Date.now();
  const image = imageOf(job, vars);
  const lab = await labUp({ name, nodes, image, install: args.install, signal, report: say, ...only });
  const file = writeLoginInventory(lab);
  say(`lab '${name}' is up in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  for (const line of statusLines(await labStatus(lab))) say(line);
  const options = `-i ${args.inventory}${args.name ? ` --name ${args.name}` : ''}`;
  say(`log in:     ffe-provision lab ssh ${options} ${lab.nodes[0]?.name}`);
  say(`users:      root, admin (sudo without password), operator (sudo password in ${lab.passwordFile})`);
  say(`provision:  ffe-provision -i ${args.inventory} -i ${file} site.yml`);
  say(`take down:  ffe-provision lab down ${options}`);
  return 0;
}

async function down({ name, args }: Job): Promise<number> {
  await requireLab();
  const found = await labDown({ name });
  say(found ? `lab '${name}' is down` : `lab '${name}' is not up (${args.inventory})`);
  return 0;
}

async function each(job: Job, work: (lab: Lab, name: string) => Promise<void>): Promise<number> {
  await requireLab();
  const lab = existing(job);
  const asked = [...job.args.words, ...job.args.limit];
  const names = asked.length > 0 ? asked : lab.nodes.map((node) => node.name);
  for (const name of names) nodeNamed(lab, name);
  for (const name of names) {
    const began = Date.now();
    await work(lab, name);
    say(`${name}: ${job.args.action} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
  return 0;
}

function ssh(job: Job): Promise<number> {
  const [target = '', ...words] = job.args.words;
  const [program = 'ssh', ...argv] = sshArgv(existing(job), target, words);
  const child = spawn(program, argv, { stdio: 'inherit' });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done(code ?? 255));
  });
}

const VERBS: Record<LabArguments['action'], (job: Job) => Promise<number>> = {
  up,
  down,
  ssh,
  status: async (job) => {
    for (const line of statusLines(await labStatus(existing(job)))) say(line);
    return 0;
  },
  reset: (job) => each(job, (lab, name) => labReset(lab, name, { signal: job.signal })),
  reboot: (job) => each(job, (lab, name) => labReboot(lab, name, { signal: job.signal })),
};

/** Runs `ffe-provision lab` and returns its exit code; 130 after Ctrl-C, when all that was begun has been undone. */
export async function lab(args: string[]): Promise<number> {
  if (args[0] === undefined || args[0] === '--help' || args[0] === '-h') {
    say(HELP.trimEnd());
    return args.length === 0 ? 1 : 0;
  }
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  try {
    const parsed = labArguments(args);
    // Any signal while ssh runs is meant for ssh.
    if (parsed.action !== 'ssh') for (const name of signals) process.once(name, interrupt);
    const read = readLabInventory.bind(undefined, parsed.inventory);
    const name = parsed.name ?? read().name;
    return await VERBS[parsed.action]({ args: parsed, name, inventory: read, signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) return 130;
    process.stderr.write(`${renderError(error)}\n`);
    return error instanceof FfeError && error.code === 'usage' ? 2 : 1;
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}
