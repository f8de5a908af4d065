import { fileURLToPath } from 'node:url';
import { $ } from 'zx';
import { callOf, type Script } from './words.js';

/** Runs a script's playbook in this clone, on this terminal; the process ends with its exit code, with 2 for wrong words. */
export async function operate(script: Script): Promise<void> {
  const call = callOf(script, process.argv.slice(2), process.env, process.env.INIT_CWD ?? process.cwd());
  if ('wrong' in call) {
    console.error(call.wrong);
    process.exitCode = 2;
    return;
  }
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { exitCode } = await $({ cwd, stdio: 'inherit', nothrow: true })`bin/ffe-provision ${call.words}`;
  process.exitCode = exitCode ?? 130;
}
