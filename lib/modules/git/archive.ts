import { extname } from 'node:path/posix';
import { StepError, step } from '../steps.js';
import type { Repository } from './repository.js';

const FORMATS: Readonly<Record<string, string>> = {
  '.zip': 'zip',
  '.gz': 'tar.gz',
  '.tar': 'tar',
  '.tgz': 'tgz',
};

/** Puts the archive in its place unless the same is there already; $1 is the place, the rest the git call. */
const PLACE = `set -e; to=$1; shift; t=$(mktemp -d); trap 'rm -rf "$t"' EXIT
"$@" > "$t/a"; if cmp -s "$t/a" "$to"; then echo same; else cat "$t/a" > "$to"; fi`;

/** Makes the archive of the wished version; tells whether it is another one than before. */
export async function makeArchive(repo: Repository): Promise<boolean> {
  const { archive = '', archive_prefix, version, executable = 'git' } = repo.wish;
  const format = FORMATS[extname(archive)];
  if (format === undefined)
    throw new StepError(`Unable to get file extension from archive file name : ${archive}`, {
      details:
        "Please specify archive as filename with extension. File extension can be one of ['tar', 'tar.gz', 'zip', 'tgz']",
    });
  const prefix = archive_prefix === undefined ? [] : ['--prefix', archive_prefix];
  const words = [executable, 'archive', '--format', format, ...prefix, version];
  const done = await step(repo.info, ['sh', '-c', PLACE, 'sh', archive, ...words], { cwd: repo.dest });
  if (done.rc !== 0)
    throw new StepError('Failed to perform archive operation', {
      details: `Git archive command failed to create archive ${archive} using ${repo.dest} directory. Error: ${done.err}`,
    });
  return done.out.trim() !== 'same';
}
