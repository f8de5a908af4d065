import { decodeBytes } from '../../node/bytes.js';
import type { RunInfo } from '../module.js';
import { StepError, step } from '../steps.js';
import type { Archive, Kind, UnpackWish } from './kinds.js';

function words(wish: UnpackWish, kind: Kind, operation: string, file: string): string[] {
  const opts = wish.extra_opts.map(String);
  return [
    ...['tar', operation, '-C', wish.dest, ...kind.flags],
    ...(opts.length ? ['--show-transformed-names', ...opts] : []),
    ...(wish.owner && operation !== '--list' ? [`--owner=${wish.owner}`] : []),
    ...(wish.group && operation !== '--list' ? [`--group=${wish.group}`] : []),
    ...(wish.keep_newer && operation !== '--list' ? ['--keep-newer-files'] : []),
    ...wish.exclude.map((e) => `--exclude=${String(e).replace(/\/$/, '')}`),
    ...['-f', file, ...wish.include.map(String)],
  ];
}

/** Whether a line of `tar --diff` tells of something that the task does not set anyway. */
function matters(line: string, wish: UnpackWish): boolean {
  if (/: : Warning: Cannot stat: No such file or directory$/.test(line)) return false;
  if (/: Uid differs$/.test(line)) return !wish.owner;
  if (/: Gid differs$/.test(line)) return !wish.group;
  if (/: Mode differs$/.test(line)) return wish.mode === undefined;
  return /: (Mod time differs|Size differs|Contents differ|Warning: Cannot stat: No such file or directory|Invalid owner|Invalid group)/.test(
    line,
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Names as GNU tar prints them: as C writes what is not ASCII or cannot be seen. */
function named(line: string): string {
  const bytes = line.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    /^[0-7]{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
  return decodeBytes(Buffer.from(bytes, 'latin1')).replace(/^\//, '');
}

/** A tar archive, compared with what is in dest. */
export async function openTar(info: RunInfo, wish: UnpackWish, kind: Kind, file: string): Promise<Archive> {
  const list = await step(info, words(wish, kind, '--list', file));
  const names = list.out.split('\n').filter(Boolean).map(named);
  if (list.rc !== 0 || names.length === 0) {
    const why =
      list.rc === 0
        ? 'found no files in archive. Empty archive files are not supported.'
        : `could not handle archive: ${list.err.trim()}`;
    throw new StepError(
      `Failed to find handler for "${wish.src}". Make sure the required command to extract the file is installed.\nCommand "tar" ${why}`,
    );
  }
  const diff = await step(info, words(wish, kind, '--diff', file));
  const differs = `${diff.out}\n${diff.err}`.split('\n').some((line) => matters(line, wish));
  return {
    names,
    differs,
    extract: async () => {
      const cmd = words(wish, kind, '--extract', file);
      return { cmd, ...(await step(info, cmd)) };
    },
  };
}
