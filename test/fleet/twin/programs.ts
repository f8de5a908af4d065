import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { type Lab, sshOptions } from '../../../lib/lab/index.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** How a program ended and what it printed. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Further words of the command line, variables of the environment, text for standard input, and when to stop waiting. */
export type Options = {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly onStart?: (pid: number) => void;
  readonly onOutput?: (text: string, pid: number) => void;
};

/** Runs a program to its end; one that hangs is killed after five minutes, and then has no code. */
export function runProgram(argv: readonly string[], options: Options = {}): Promise<Ended> {
  const [file, ...args] = argv;
  const env = { ...process.env, ...options.env };
  const child = spawn(file!, args, { env, cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  const late = setTimeout(() => child.kill('SIGKILL'), 300_000);
  child.stdout.on('data', (chunk: Buffer) => {
    out.stdout += chunk;
    options.onOutput?.(out.stdout, child.pid!);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out.stderr += chunk;
  });
  options.onStart?.(child.pid!);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      clearTimeout(late);
      done({ code, ...out });
    });
  });
}

/** Runs this project's program from its sources, so that tests never meet an old build. */
export function runOurs(args: readonly string[], options: Options = {}): Promise<Ended> {
  const program = [process.execPath, join(ROOT, 'bin', 'ffe-provision'), ...args];
  return runProgram(program, {
    ...options,
    env: { FFE_PROVISION_SOURCES: '1', NO_COLOR: '1', ...options.env },
  });
}

/** Whether the program whose behaviour is the specification is installed here. */
export const hasAnsible = (): boolean => existsSync('/usr/bin/ansible-playbook');

/** Runs Debian's ansible-playbook; what it keeps on this machine is gone afterwards. */
export async function runAnsible(args: readonly string[], options: Options = {}): Promise<Ended> {
  return withScratch((folder) => {
    writeFileSync(join(folder, 'ansible.cfg'), '');
    const env = {
      ANSIBLE_LOCAL_TEMP: folder,
      ANSIBLE_HOME: folder,
      ANSIBLE_SSH_CONTROL_PATH_DIR: folder,
      ANSIBLE_SSH_ARGS: '-o ControlMaster=no',
      ANSIBLE_CONFIG: join(folder, 'ansible.cfg'),
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_PIPELINING: '1',
      ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
    };
    return runProgram(['/usr/bin/ansible-playbook', ...args], {
      ...options,
      env: { ...env, ...options.env },
    });
  });
}

/** Gives a folder that is gone afterwards. */
export async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-twin-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes an inventory of a lab with these groups, and how to log in; answers its path. */
export function writeInventory(
  lab: Lab,
  folder: string,
  groups: Readonly<Record<string, readonly string[]>>,
  more: Readonly<Record<string, string>> = {},
): string {
  const vars = {
    ansible_user: 'root',
    ansible_ssh_private_key_file: lab.keyFile,
    ansible_ssh_common_args: `-F /dev/null -o IdentityAgent=none ${sshOptions(lab).slice(2).join(' ')}`,
    ...more,
  };
  const hosts = Object.fromEntries(lab.nodes.map(({ name, address }) => [name, { ansible_host: address }]));
  const children = Object.fromEntries(
    Object.entries(groups).map(([group, names]) => [
      group,
      { hosts: Object.fromEntries(names.map((name) => [name, null])) },
    ]),
  );
  const file = join(folder, 'inventory.yml');
  writeFileSync(file, stringify({ all: { vars, hosts, children } }), { mode: 0o600 });
  return file;
}
