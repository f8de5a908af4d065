import { readScript } from '../node/queries/query.js';
import { groupsScript, readGroups } from './lvm/groups.js';
import { planGroup } from './lvm/plan-group.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';
import { complaint, printed, without } from './program.js';

/** Keeps volume groups of LVM. */
export const lvg = defineModule({
  name: 'lvg',
  collection: 'community.general',
  summary: 'Makes, extends, reduces and removes volume groups of LVM.',
  args: {
    vg: { type: 'str', required: true, doc: 'The volume group.' },
    pvs: { type: 'list', elements: 'str', doc: 'Its devices; others leave it. Needed unless it goes away.' },
    pesize: {
      type: 'str',
      default: '4',
      doc: 'The size of an extent in a new group: mebibytes, or with k, m or g.',
    },
    pv_options: { type: 'str', default: '', doc: 'Further words for pvcreate.' },
    pvresize: { type: 'bool', default: false, doc: 'Let the volumes fill their devices.' },
    vg_options: { type: 'str', default: '', doc: 'Further words for vgcreate.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
    force: { type: 'bool', default: false, doc: 'Remove it with the logical volumes in it.' },
  },
  returns: {},
  examples: `
- name: Two disks are one pool of storage
  lvg:
    vg: data
    pvs: [/dev/vdb, /dev/vdc]
`,
  queries: (a) => ({ seen: readScript(groupsScript(a.pvs ?? [])) }),
  plan: (a, { seen }, info) => {
    const lacks = without('vgs', 'lvm2', seen, info);
    if (lacks) return lacks;
    if (seen.rc !== 0) return failed(`LVM cannot be asked: ${complaint(seen)}`);
    return planGroup({ ...a, pvs: a.pvs ?? [] }, readGroups(printed(seen)), info);
  },
});
