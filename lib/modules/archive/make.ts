import { encodeBytes } from '../../node/bytes.js';
import type { RunInfo } from '../module.js';
import { mustStep, StepError, step } from '../steps.js';
import type { ArchiveArgs } from './archive-args.js';
import { withoutRoot } from './members.js';
import type { Sources } from './sources.js';

type Format = ArchiveArgs['format'];
type Packer = {
  readonly pack: string;
  readonly unpack: string;
  readonly program: string;
  readonly package: string;
};

/** How bytes are compressed, the same from the same every time, and how they come back. */
const PACKERS: Readonly<Record<Format, Packer>> = {
  gz: { pack: 'gzip -n', unpack: 'gzip -dc', program: 'gzip', package: 'gzip' },
  bz2: { pack: 'bzip2', unpack: 'bzip2 -dc', program: 'bzip2', package: 'bzip2' },
  xz: { pack: 'xz', unpack: 'xz -dc', program: 'xz', package: 'xz-utils' },
  tar: { pack: 'cat', unpack: 'cat', program: 'tar', package: 'tar' },
  zip: { pack: '', unpack: '', program: 'zip', package: 'zip' },
};

const NOT_FOUND = 127;

// Names come with NUL between them; of folders only themselves go in, because what is in them is named, too. Standard
// output of a pipe's first part is all that may fail, so its end is kept.
const TAR = (pack: string) =>
  `cd "$1" || exit; { { tar -c --format=gnu --no-recursion --null --verbatim-files-from -T - ; echo $? >&3; } | ${pack} >"$2"; } 3>"$2.rc"; read -r r <"$2.rc"; exit "$r"`;
const ZIP = `cd "$1" && xargs -0 zip -q -X "$2.zip" >&2 && mv "$2.zip" "$2"`;

/** Makes the archive of these members, or compresses the one file, as a file of the node. */
export async function makeArchive(
  info: RunInfo,
  a: ArchiveArgs,
  from: Sources,
  members: readonly string[],
  to: string,
): Promise<void> {
  const packer = PACKERS[a.format];
  const there = await step(info, ['sh', '-c', `command -v ${packer.program}`]);
  if (there.rc !== 0)
    throw new StepError(
      `Failed to find required executable "${packer.program}" on the node; Debian's package ${packer.package} has it`,
      { rc: NOT_FOUND },
    );
  if (!from.several && a.format !== 'zip' && a.format !== 'tar') {
    await mustStep(info, ['sh', '-c', `${packer.pack} <"$1" >"$2"`, 'sh', from.found[0]!, to]);
    return;
  }
  const named = members.map((path) => withoutRoot(path, from.root)).filter((name) => name !== '');
  const prefix = a.format === 'zip' ? './' : '';
  const stdin = encodeBytes(named.map((name) => `${prefix}${name}\0`).join(''));
  const script = a.format === 'zip' ? ZIP : TAR(packer.pack);
  const done = await step(info, ['sh', '-c', script, 'sh', from.root, to], { stdin });
  if (done.rc === 0) return;
  const kind = a.format === 'zip' || a.format === 'tar' ? a.format : `tar.${a.format}`;
  throw new StepError(`Error when writing ${kind} archive at ${from.dest}: ${done.err.trim()}`, {
    rc: done.rc,
  });
}

// Of a zip's members only names and checksums count; without unzip all bytes do, and those are the same from the same.
const LIST_ZIP = `if command -v unzip >/dev/null
then list() { unzip -vqq "$1" | sed -E 's/^ *[0-9]+ +[^ ]+ +[0-9]+ +[^ ]+ +[^ ]+ +[^ ]+ +([0-9a-f]{8}) +/\\1 /'; }
else list() { cat "$1"; }; fi`;

/** Whether two archives hold the same; when they were made does not matter. */
export async function sameContent(
  info: RunInfo,
  format: Format,
  one: string,
  other: string,
): Promise<boolean> {
  const list = format === 'zip' ? LIST_ZIP : `list() { ${PACKERS[format].unpack} <"$1"; }`;
  const script = `${list}\na=$(list "$1" 2>/dev/null | sha256sum); b=$(list "$2" | sha256sum); [ "$a" = "$b" ]`;
  const done = await step(info, ['sh', '-c', script, 'sh', one, other]);
  return done.rc === 0;
}
