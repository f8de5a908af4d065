import type { RunInfo } from '../module.js';
import { patternRegex } from '../shell-pattern.js';
import { StepError, step } from '../steps.js';
import type { Archive, UnpackWish } from './kinds.js';

/** A member of a zip: `time` as YYYYMMDD.hhmmss in the node's zone, `mode` only where it was made on Unix. */
type Member = {
  readonly name: string;
  readonly type: string;
  readonly mode?: string;
  readonly size: number;
  readonly time: string;
};

/** Reads `zipinfo -T -s`: lines of eight columns, the last of them the name. */
export function readMembers(listing: string): Member[] {
  return listing.split('\n').flatMap((line) => {
    const found = /^([-dl?])(\S{6,9})\s+\S+\s+(\S+)\s+(\d+)\s+\S+\s+\S+\s+(\d{8}\.\d{6})\s(.*)$/.exec(line);
    if (!found) return [];
    const [, letter = '', mode = '', system = '', size = '', time = '', name = ''] = found;
    const type = name.endsWith('/') ? 'directory' : letter === 'l' ? 'symbolic link' : 'file';
    return [
      {
        name,
        type,
        mode: system === 'unx' && mode.length === 9 ? mode : undefined,
        size: Number(size),
        time,
      },
    ];
  });
}

/** Prints of each name on standard input, NUL between them: type, mode, size and time of the file in dest. */
const STATES = `cd "$1" && xargs -0 -r stat --printf='%F|%A|%s|%y|%n\\0' -- 2>/dev/null`;

type State = { readonly type: string; readonly mode: string; readonly size: number; readonly time: string };

async function statesOf(info: RunInfo, dest: string, names: readonly string[]): Promise<Map<string, State>> {
  const stdin = Buffer.from(names.map((n) => `${n}\0`).join(''));
  const done = await info.node.exec(
    { argv: ['sh', '-c', STATES, 'sh', dest], stdin, env: { LC_ALL: 'C' } },
    info.become,
  );
  const records = done.stdout.toString('utf8').split('\0').filter(Boolean);
  return new Map(
    records.map((record) => {
      const [type = '', mode = '', size = '', time = '', ...name] = record.split('|');
      const when = time.replace(/^(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+).*/, '$1$2$3.$4$5$6');
      const kind = type.startsWith('regular') ? 'file' : type;
      return [name.join('|'), { type: kind, mode: mode.slice(1), size: Number(size), time: when }];
    }),
  );
}

function sameAs(member: Member, state: State | undefined, wish: UnpackWish): boolean {
  if (state === undefined || state.type !== member.type) return false;
  const modes = wish.mode !== undefined || member.mode === undefined || member.type === 'symbolic link';
  if (!modes && member.mode !== state.mode) return false;
  if (member.type !== 'file') return true;
  if (wish.keep_newer && state.time > member.time) return true;
  return state.size === member.size && state.time === member.time;
}

/** A zip archive, compared with what is in dest by kind, mode, size and time. */
export async function openZip(info: RunInfo, wish: UnpackWish, file: string): Promise<Archive> {
  const list = await step(info, ['unzip', '-Z', '-T', '-s', file]);
  if (list.rc !== 0) {
    const lacking = list.rc === 127 && "Unable to find required 'unzip' or 'zipinfo' binary in the path.";
    throw new StepError(
      `Failed to find handler for "${wish.src}". Make sure the required command to extract the file is installed.\n${lacking || list.err.trim() || list.out.trim()}`,
    );
  }
  const tests = (patterns: readonly unknown[]) => patterns.map((p) => patternRegex(String(p)));
  const [only, without] = [tests(wish.include), tests(wish.exclude)];
  const members = readMembers(list.out).filter(
    ({ name }) => (only.length === 0 || only.some((t) => t.test(name))) && !without.some((t) => t.test(name)),
  );
  const states = await statesOf(
    info,
    wish.dest,
    members.map((m) => m.name),
  );
  const differs = members.some((m) => !sameAs(m, states.get(m.name), wish));
  return {
    names: members.map((m) => m.name),
    differs,
    extract: async () => {
      const opts = wish.extra_opts.map(String);
      const not = wish.exclude.length ? ['-x', ...wish.exclude.map(String)] : [];
      const how = wish.keep_newer ? '-uo' : '-o';
      const cmd = ['unzip', how, ...opts, file, ...wish.include.map(String), ...not, '-d', wish.dest];
      return { cmd, ...(await step(info, cmd)) };
    },
  };
}
