import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { main } from '../../lib/cli/main.js';
import { programOf } from '../../lib/cli/programs.js';

const BIN = fileURLToPath(new URL('../../bin/ffe-provision', import.meta.url));

/** What a program said and how it ended. */
export type Ended = { code: number; out: string; err: string };

/** Runs the program (or a link to it) from its sources in a folder, for 60 seconds at most. */
export function program(
  args: readonly string[],
  cwd = process.cwd(),
  more: NodeJS.ProcessEnv = {},
  bin = BIN,
): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: '1', FFE_PROVISION_SOURCES: '1', ...more };
  return new Promise((done) => {
    execFile(process.execPath, [bin, ...args], { cwd, env, timeout: 60_000 }, (error, out, err) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
      done({ code, out, err });
    });
  });
}

/** The same within a line of bash, where `"$0" "$@"` stands for the program and its words; for 60 seconds at most. */
export function inBash(line: string, args: readonly string[], cwd = process.cwd()): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: '1', FFE_PROVISION_SOURCES: '1' };
  return new Promise((done) => {
    execFile('bash', ['-c', line, BIN, ...args], { cwd, env, timeout: 60_000 }, (error, out, err) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
      done({ code, out, err });
    });
  });
}

/** The same through a shell's pipe: the reader sees the first lines and goes away. */
export function piped(args: readonly string[], reader: string, cwd = process.cwd()): Promise<Ended> {
  return inBash(`"$0" "$@" | ${reader}; exit "\${PIPESTATUS[0]}"`, args, cwd);
}

/**
 * Runs a command line in this process, with a folder as the working one; for what writes through its Io only. `called`
 * is the name of a link that the program is called by.
 */
export async function inProcess(args: readonly string[], cwd: string, called?: string): Promise<Ended> {
  const before = process.cwd();
  const said: { out: string[]; err: string[] } = { out: [], err: [] };
  process.chdir(cwd);
  try {
    const io = {
      out: (text: string) => void said.out.push(text),
      err: (text: string) => void said.err.push(text),
      colour: false,
    };
    const code = await main([...args], io, programOf(called));
    return { code, out: said.out.join(''), err: said.err.join('') };
  } finally {
    process.chdir(before);
  }
}
