import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { splitWords } from '../../modules/command/words.js';
import { statOf } from '../../values/stat.js';

/** Removes a folder as soon as nobody holds the other end of its input: also when this process is killed. */
const GUARD = 'cat >/dev/null; shred -u -- "$1"/* 2>/dev/null; rm -rf -- "$1"';

function writable(dir: string | undefined): dir is string {
  if (dir === undefined || !statOf(dir)?.isDirectory()) return false;
  try {
    fs.accessSync(dir, fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A folder for plain text that nobody else can read, in memory where there is such a place. */
function privateFolder(): string {
  const base = ['/dev/shm', process.env.XDG_RUNTIME_DIR].find(writable) ?? tmpdir();
  return fs.mkdtempSync(join(base, 'ffe-vault-'));
}

async function inEditor(file: string): Promise<void> {
  const command = process.env.EDITOR?.trim() || 'vi';
  const [program = 'vi', ...args] = splitWords(command);
  const editor = spawn(program, [...args, file], { stdio: 'inherit' });
  const [code, signal] = (await once(editor, 'exit').catch((cause: NodeJS.ErrnoException) => {
    throw new FfeError('vault', `Unable to execute the command "${command}" (${cause.code})`, {
      hint: 'set EDITOR',
      cause,
    });
  })) as [number | null, string | null];
  if (code !== 0)
    throw new FfeError('vault', `the editor ended with ${code ?? signal}; nothing was changed`, {
      notes: [`EDITOR: ${command}`],
    });
}

/**
 * Has a person change a text in $EDITOR, in a file that only they can read and that is gone afterwards, whatever ends
 * this process. `name` gives the file its ending, for the editor's colours. Throws code 'vault'.
 */
export async function edited(text: Uint8Array, name: string): Promise<Buffer> {
  const dir = privateFolder();
  const guard = spawn('sh', ['-c', GUARD, 'sh', dir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const gone = once(guard, 'exit');
  // The editor has the terminal: Ctrl-C is for it, and an end from outside must not come before the clean-up.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore).on('SIGQUIT', ignore);
  try {
    const file = join(dir, basename(name));
    fs.writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    await inEditor(file);
    return fs.readFileSync(file);
  } finally {
    guard.stdin.end();
    await gone;
    process.off('SIGINT', ignore).off('SIGQUIT', ignore);
  }
}
