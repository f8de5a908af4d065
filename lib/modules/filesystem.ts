import { path, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { KINDS } from './filesystem/kinds.js';
import { planFilesystem } from './filesystem/plan-filesystem.js';
import { defineModule } from './module.js';

/** Sh source that prints the sizes of a device and its file system, and where it is mounted. */
function sizes(dev: string, fstype: string): string {
  return `set -- ${quote(dev)}; set -- "$1" "$(findmnt -nro TARGET --source "$1" | head -n 1)"
if [ -b "$1" ]; then blockdev --getsize64 "$1"; else stat -Lc %s "$1"; fi
s=$(${KINDS[fstype]?.size ?? ':'}); printf '%s\\n%s\\n' "$s" "$2"`;
}

/** Makes, grows and wipes file systems. */
export const filesystem = defineModule({
  name: 'filesystem',
  collection: 'community.general',
  summary: 'Makes, grows and wipes file systems on block devices.',
  args: {
    dev: { type: 'path', required: true, aliases: ['device'], doc: 'The device, or a file.' },
    fstype: { type: 'str', aliases: ['type'], choices: Object.keys(KINDS), doc: 'The kind of file system.' },
    state: { type: 'str', default: 'present', choices: ['present', 'absent'], doc: 'Whether there is one.' },
    force: { type: 'bool', default: false, doc: 'Overwrite what is there.' },
    resizefs: { type: 'bool', default: false, doc: 'Let it fill the device.' },
    opts: { type: 'str', doc: 'Further words for mkfs.' },
  },
  rules: { requiredIf: [['state', 'present', ['fstype']]] },
  returns: { msg: 'what was found, or printed' },
  examples: `
- name: The data disk has a file system
  filesystem:
    dev: /dev/vdb
    fstype: ext4
`,
  queries: (a) => ({
    device: path(a.dev, { follow: true }),
    type: readScript(`blkid -c /dev/null -o value -s TYPE ${quote(a.dev)}`),
    sizes: a.resizefs ? readScript(sizes(a.dev, a.fstype ?? '')) : undefined,
  }),
  plan: (a, seen, info) => planFilesystem(a, seen, info),
});
