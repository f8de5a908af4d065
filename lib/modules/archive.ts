import { archiveArgs } from './archive/archive-args.js';
import { archiveFiles } from './archive/archive-files.js';
import { WishError } from './file-attributes.js';
import { defineModule } from './module.js';
import { StepError, stepping } from './steps.js';

/** Packs files of the node. */
export const archive = defineModule({
  name: 'archive',
  collection: 'community.general',
  summary: 'Puts files and folders of the node into an archive, or compresses a file.',
  args: archiveArgs,
  returns: {
    state: 'what dest is now, as file tells it',
    dest_state: 'absent, archive, compress, or incomplete when paths were missing',
    dest: 'the archive',
    archived: 'paths of what is in it',
    arcroot: 'the folder that names in it begin at',
    missing: 'paths that are not there',
    expanded_paths: 'path with patterns replaced by what they stand for',
    expanded_exclude_paths: 'exclude_path likewise',
  },
  examples: `
- name: Yesterday's reports are kept
  archive:
    path: /var/lib/ffe/reports
    dest: /var/backups/reports.tar.xz
    format: xz
`,
  check: 'handled',
  run: (info) =>
    stepping(async () => {
      try {
        return await archiveFiles(info, info.args);
      } catch (error) {
        throw error instanceof WishError ? new StepError(error.message) : error;
      }
    }),
});
