import type { RunAction } from '../../node/actions/action.js';
import { quote, quoteAll } from '../../node/quote.js';
import type { DbArgs } from './db-args.js';
import { clientCall, conninfo } from './login.js';

/** Programs for files that are compressed: how they are written, and read. */
const COMPRESSED: Readonly<Record<string, { readonly pack: string; readonly unpack: string }>> = {
  '.gz': { pack: '"$(command -v pigz || echo gzip)"', unpack: 'gzip -dc' },
  '.bz2': { pack: 'bzip2', unpack: 'bzip2 -dc' },
  '.xz': { pack: 'xz', unpack: 'xz -dc' },
};

const FORMATS: Readonly<Record<string, string>> = { '.tar': 't', '.pgc': 'c', '.dir': 'd' };

/** The file of a dump, and how its name ends. */
export function dumpTarget(a: DbArgs): { target: string; ending: string } {
  const target = a.target || `${a.name}.sql`;
  return { target, ending: /\.[^./]+$/.exec(target)?.[0] ?? '' };
}

/** A client's words as sh, with what the task adds to them, which is sh itself. */
function line(
  a: DbArgs,
  program: readonly string[],
  more: readonly (string | undefined)[],
): { sh: string; stdin: string } {
  // Debian's wrapper finds the version of the server by the options, not in a connection string.
  const where = [`--port=${a.port}`, ...(a.login_host ? [`--host=${a.login_host}`] : [])];
  const { argv, stdin } = clientCall(a, [...program, ...where, `--dbname=${conninfo(a, a.name)}`]);
  return { sh: [quoteAll(argv), ...more.filter(Boolean)].join(' '), stdin };
}

/** Fails when any part of a pipe does, and not only the last; each part's code comes through descriptor 3. */
function piped(from: string, to: string): string {
  const codes = `{ { ${from}; echo $? >&3; } | { ${to}; echo $? >&3; } >&4; } 3>&1`;
  return `{ codes=$(${codes}); } 4>&1; for code in $codes; do [ "$code" = 0 ] || exit "$code"; done`;
}

/** Dumps into a file of its own first: a dump that fails leaves the one before. */
export function dumpAction(a: DbArgs): { action: RunAction; shown: string } {
  const { target, ending } = dumpTarget(a);
  const format = FORMATS[ending];
  const program = ['pg_dump', ...(format ? [`--format=${format}`] : [])];
  const { sh, stdin } = line(a, program, [a.dump_extra_args, a.target_opts]);
  const pack = COMPRESSED[ending]?.pack;
  const shown = `${sh} > ${quote(target)}`;
  if (format === 'd')
    return { shown, action: { kind: 'run', script: `${sh} --file=${quote(target)}`, stdin } };
  const part = quote(`${target}.part`);
  const write = pack ? `( ${piped(sh, `${pack} > ${part}`)} )` : `${sh} > ${part}`;
  const finish = `if [ -e ${quote(target)} ] && [ ! -f ${quote(target)} ]; then cat ${part} > ${quote(target)} && rm ${part}; else mv -f ${part} ${quote(target)}; fi`;
  const script = `if ${write}; then ${finish}; else code=$?; rm -f ${part}; exit $code; fi`;
  return { shown, action: { kind: 'run', script, stdin } };
}

/** Restores from a file or folder. */
export function restoreAction(a: DbArgs): { action: RunAction; shown: string } {
  const { target, ending } = dumpTarget(a);
  if (FORMATS[ending]) {
    const { sh, stdin } = line(
      a,
      ['pg_restore', `--format=${FORMATS[ending]}`],
      [a.target_opts, quote(target)],
    );
    return { shown: sh, action: { kind: 'run', script: sh, stdin } };
  }
  const unpack = COMPRESSED[ending]?.unpack;
  if (!unpack) {
    const { sh, stdin } = line(a, ['psql', '-X', `--file=${target}`], [a.target_opts]);
    return { shown: sh, action: { kind: 'run', script: sh, stdin } };
  }
  // The password is the first line that psql reads.
  const { sh, stdin } = line(a, ['psql', '-X'], [a.target_opts]);
  const script = piped(`cat && ${unpack} < ${quote(target)}`, sh);
  return { shown: `${unpack} ${quote(target)} | ${sh}`, action: { kind: 'run', script, stdin } };
}
