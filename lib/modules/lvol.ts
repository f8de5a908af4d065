import type { ArgSpec } from './args.js';
import { run } from './lvm/volume.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

const args = {
  vg: { type: 'str', required: true, doc: 'The volume group.' },
  lv: { type: 'str', doc: 'The logical volume.' },
  size: {
    type: 'str',
    doc: 'Its size: mebibytes, or with a unit such as 10g, or 50%FREE; + and - change it by that.',
  },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  active: { type: 'bool', default: true, doc: 'Whether it can be used.' },
  force: { type: 'bool', default: false, doc: 'Shrink or remove it all the same.' },
  opts: { type: 'str', doc: 'Further words for lvcreate.' },
  snapshot: { type: 'str', doc: 'The snapshot of it that is meant.' },
  pvs: { type: 'str', doc: 'The devices that it may use, with commas between them.' },
  thinpool: { type: 'str', doc: 'The thin pool that it is in, or that is meant.' },
  shrink: { type: 'bool', default: true, doc: 'Shrink it where it is larger.' },
  resizefs: { type: 'bool', default: false, doc: 'Resize the file system in it as well.' },
} as const satisfies ArgSpec;

/** Keeps logical volumes of LVM. */
export const lvol = defineModule({
  name: 'lvol',
  collection: 'community.general',
  summary: 'Makes, resizes and removes logical volumes of LVM.',
  args,
  rules: { requiredOneOf: [['lv', 'thinpool']] },
  returns: { vg: 'the group', lv: 'the volume', size: 'its size before', msg: 'what was done' },
  examples: `
- name: The database has room of its own
  lvol:
    vg: data
    lv: postgres
    size: 80%VG
`,
  check: 'handled',
  run: (info) => stepping(() => run(info, info.args)),
});
