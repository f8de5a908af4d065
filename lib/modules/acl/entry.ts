import type { ArgSpec, ArgsOf } from '../args.js';

/** What acl takes. */
export const aclArgs = {
  path: { type: 'path', required: true, aliases: ['name'], doc: 'The file or folder.' },
  state: {
    type: 'str',
    default: 'query',
    choices: ['absent', 'present', 'query'],
    doc: 'Whether the entry is there; query only tells what is.',
  },
  follow: { type: 'bool', default: true, doc: 'Look through links that recursive meets.' },
  default: { type: 'bool', default: false, doc: 'The entry is for what will be made in the folder.' },
  entity: { type: 'str', default: '', doc: 'The user or group.' },
  etype: { type: 'str', choices: ['group', 'mask', 'other', 'user'], doc: 'Whom the entry is for.' },
  permissions: { type: 'str', doc: 'What it allows: letters of rwx, or X.' },
  entry: { type: 'str', doc: 'All of that in one, as setfacl has it: [d:]etype:entity[:permissions].' },
  recursive: { type: 'bool', default: false, aliases: ['recurse'], doc: 'Everything below, too.' },
  use_nfsv4_acls: { type: 'bool', default: false, doc: 'Entries of NFSv4; the file system must have them.' },
  recalculate_mask: {
    type: 'str',
    default: 'default',
    choices: ['default', 'mask', 'no_mask'],
    doc: 'Whether the mask is worked out anew: as setfacl does, always, never.',
  },
} as const satisfies ArgSpec;

/** Those arguments, checked. */
export type AclArgs = ArgsOf<typeof aclArgs>;

/** Between how many colons the sections of `entry` are. */
const COLONS: Readonly<Record<string, readonly [least: number, words: string]>> = {
  present: [2, '3 or 4'],
  absent: [1, '2 or 3'],
};

/** What speaks against the arguments, in Ansible's words; undefined when nothing does. */
export function objection(a: AclArgs): string | undefined {
  const { state, entry, entity, etype, permissions } = a;
  if (state === 'query') {
    if (a.recursive) return "'recursive' MUST NOT be set when 'state=query'.";
    if (a.recalculate_mask !== 'default')
      return "'recalculate_mask' MUST NOT be set to 'mask' or 'no_mask' when 'state=query'.";
    return entry ? "'entry' MUST NOT be set when 'state=query'." : undefined;
  }
  if (!entry) {
    if (state === 'absent' && permissions) return "'permissions' MUST NOT be set when 'state=absent'.";
    if (state === 'absent' && !entity) return "'entity' MUST be set when 'state=absent'.";
    return etype ? undefined : `'etype' MUST be set when 'state=${state}'.`;
  }
  if (etype || entity || permissions)
    return "'entry' MUST NOT be set when 'entity', 'etype' or 'permissions' are set.";
  const [least, words] = COLONS[state]!;
  const colons = entry.split(':').length - 1;
  if (colons === least || colons === least + 1) return undefined;
  return `'entry' MUST have ${words} sections divided by ':' when 'state=${state}'.`;
}

const ETYPES: Readonly<Record<string, string>> = { u: 'user', g: 'group', m: 'mask', o: 'other' };

/** An entry as setfacl takes it, and whether it is a default one; undefined when `entry` names nobody there can be. */
export function entryOf(a: AclArgs): { readonly text: string; readonly isDefault: boolean } | undefined {
  const parts = a.entry ? a.entry.split(':') : [a.etype ?? '', a.entity, a.permissions];
  const isDefault = Boolean(a.entry && /^d/i.test(a.entry));
  if (isDefault) parts.shift();
  const [kind = '', entity = '', permissions] = parts;
  const etype = ETYPES[kind[0]?.toLowerCase() ?? ''];
  if (etype === undefined) return undefined;
  const last = a.state === 'present' && permissions ? [permissions] : [];
  const nfs = a.use_nfsv4_acls ? ['allow'] : [];
  return { text: [etype, entity, ...last, ...nfs].join(':'), isDefault: isDefault || a.default };
}
