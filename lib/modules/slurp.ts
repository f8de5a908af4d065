import { path } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';

/** Files above this many bytes are for fetch. */
const LIMIT = 64 << 20;

/** Reads a file of the node into the result. */
export const slurp = defineModule({
  name: 'slurp',
  summary: 'Slurp a file from the node.',
  args: { src: { type: 'path', required: true, aliases: ['path'], doc: 'The file to read.' } },
  tells: true,
  returns: { content: 'The file, in base64.', encoding: 'base64.', source: 'The path that was read.' },
  examples: `- ansible.builtin.slurp:
    src: /etc/machine-id
  register: id
`,
  queries: (args) => ({ file: path(args.src, { follow: true, content: true, limit: LIMIT }) }),
  plan: (args, { file }) => {
    const unreadable = /permission denied/i.test(
      (!file.exists || file.content === undefined ? file.error : '') ?? '',
    );
    if (unreadable) return failed(`file is not readable: ${args.src}`);
    if (!file.exists)
      return failed(
        file.error ? `unable to slurp file: ${args.src}: ${file.error}` : `file not found: ${args.src}`,
      );
    if (file.type === 'directory') return failed(`source is a directory and must be a file: ${args.src}`);
    if (file.content === undefined)
      return failed(file.error ?? `file is not readable or larger than ${LIMIT} bytes: ${args.src}`);
    const content = Buffer.from(file.content).toString('base64');
    return ok('file was read', { content, encoding: 'base64', source: args.src });
  },
});
