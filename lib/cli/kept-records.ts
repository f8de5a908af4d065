import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Event, Listener } from '../engine/event.js';
import { FfeError } from '../errors/error.js';
import { lines } from '../report/lines.js';
import type { Config } from './config/config.js';

const TWO = (n: number): string => String(n).padStart(2, '0');

function stamp(now: Date): string {
  const day = [now.getFullYear(), TWO(now.getMonth() + 1), TWO(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(TWO).join(':');
  return `${day} ${time},${String(now.getMilliseconds()).padStart(3, '0')}`;
}

/** Appends a run's lines to the file of log_path, in the form of Ansible's log; undefined where none is wanted. */
function logOf(config: Config, verbosity: number): Listener | undefined {
  const file = config.text('DEFAULT_LOG_PATH');
  if (file === undefined) return undefined;
  const head = `p=${process.pid} u=${userInfo().username} n=ansible |`;
  const write = (text: string): void => {
    try {
      // What a run says is for those who run it.
      appendFileSync(file, `${stamp(new Date())} ${head} ${text}\n`, { mode: 0o600 });
    } catch (cause) {
      const { pos } = config.get('DEFAULT_LOG_PATH').entry ?? {};
      throw new FfeError('usage', `the log file ${file} cannot be written`, { pos, cause });
    }
  };
  return lines({ out: write, err: write, verbosity });
}

function unlucky(event: Extract<Event, { type: 'recap' }>): string[] {
  return [...event.stats].filter(([, one]) => one.failed + one.unreachable > 0).map(([host]) => host);
}

/** Writes the hosts that failed to a file for --limit, beside the playbook or in the folder of the settings. */
function retryFile(config: Config, playbook: string, say: (text: string) => void): Listener {
  const folder = config.text('RETRY_FILES_SAVE_PATH') ?? dirname(resolve(playbook));
  const file = join(folder, `${basename(playbook, extname(playbook))}.retry`);
  return (event) => {
    if (event.type !== 'recap') return;
    const hosts = unlucky(event);
    if (hosts.length === 0) return;
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, `${hosts.sort().join('\n')}\n`);
      say(`\tto retry, use: --limit @${file}`);
    } catch (error) {
      say(`[WARNING]: Could not create retry file '${file}'. ${(error as Error).message}`);
    }
  };
}

/** A listener that also keeps what the settings want kept of a run: a log, and the hosts to run again on. */
export function withRecords(
  listen: Listener,
  config: Config,
  run: { readonly playbook?: string; readonly verbosity: number; readonly say: (text: string) => void },
): Listener {
  const log = logOf(config, run.verbosity);
  const retry =
    config.on('RETRY_FILES_ENABLED') && run.playbook !== undefined
      ? retryFile(config, run.playbook, run.say)
      : undefined;
  if (!log && !retry) return listen;
  return (event) => {
    listen(event);
    log?.(event);
    retry?.(event);
  };
}
