import { path, readScript } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { mountArgs } from './mount/mount-args.js';
import { LOOPS, readLoops, readMounts } from './mount/mounted.js';
import { planMount, tableOf } from './mount/plan-mount.js';

const needed = ['src', 'fstype'] as const;

/** Keeps mount points in fstab, and mounted. */
export const mount = defineModule({
  name: 'mount',
  collection: 'ansible.posix',
  summary: 'Keeps lines of fstab, and mounts and unmounts what they say.',
  args: mountArgs,
  rules: {
    requiredIf: [
      ['state', 'mounted', needed],
      ['state', 'present', needed],
      ['state', 'ephemeral', needed],
    ],
  },
  returns: {
    name: 'The mount point, with the other fields of its line beside it.',
    backup_file: 'Path of the copy of the table that was kept.',
  },
  examples: `- ansible.posix.mount:
    path: /var/lib/ffe
    src: LABEL=ffe
    fstype: ext4
    opts: noatime
    state: mounted
`,
  queries: (a) => ({
    fstab: path(tableOf(a), { content: true, follow: true }),
    folder: path(a.path, { follow: true }),
    kernel: readScript('cat /proc/self/mountinfo'),
    loops: a.state === 'ephemeral' ? readScript(LOOPS) : undefined,
  }),
  plan: (a, { fstab, folder, kernel, loops }) => {
    const files = loops ? readLoops(loops.stdout.toString('utf8')) : undefined;
    return planMount(a, { fstab, folder, mounts: readMounts(kernel.stdout.toString('utf8')), files });
  },
});
