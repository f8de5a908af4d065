import type { FileWishes } from '../file-attributes.js';
import type { RunInfo } from '../module.js';
import { StepError, step } from '../steps.js';

/** What is wanted of an archive. */
export type UnpackWish = FileWishes & {
  readonly src: string;
  readonly dest: string;
  readonly remote_src: boolean;
  readonly copy: boolean;
  readonly creates?: string;
  readonly list_files: boolean;
  readonly keep_newer: boolean;
  readonly exclude: readonly unknown[];
  readonly include: readonly unknown[];
  readonly extra_opts: readonly unknown[];
  readonly validate_certs: boolean;
  readonly decrypt: boolean;
};

/** A kind of archive: Ansible's name for it, and tar's flag for its compression. */
export type Kind = { readonly handler: string; readonly flags: readonly string[]; readonly zip: boolean };

const MAGIC: readonly (readonly [prefix: string, handler: string, flags: readonly string[]])[] = [
  ['1f8b', 'TgzArchive', ['-z']],
  ['425a68', 'TarBzipArchive', ['-j']],
  ['fd377a585a00', 'TarXzArchive', ['-J']],
  ['28b52ffd', 'TarZstdArchive', ['--use-compress-program=zstd']],
];

/** The kind by the first bytes of the file; everything that is no other kind is taken for a tar. */
export async function kindOf(info: RunInfo, file: string): Promise<Kind> {
  const words = ['sh', '-c', 'head -c 6 -- "$1" | od -An -v -tx1', 'sh', file];
  const bytes = (await step(info, words)).out.replace(/\s/g, '');
  if (bytes === '') throw new StepError(`Invalid archive '${file}', the file is 0 bytes`);
  if (/^504b0[357]0[468]/.test(bytes)) return { handler: 'ZipArchive', flags: [], zip: true };
  const known = MAGIC.find(([prefix]) => bytes.startsWith(prefix));
  return { handler: known?.[1] ?? 'TarArchive', flags: known?.[2] ?? [], zip: false };
}

/** What can be done with an archive of some kind. `differs` tells what is not as in the archive. */
export type Archive = {
  readonly names: readonly string[];
  readonly differs: boolean;
  readonly extract: () => Promise<{
    readonly cmd: string[];
    readonly rc: number;
    readonly out: string;
    readonly err: string;
  }>;
};
