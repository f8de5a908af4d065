import type { ArgSpec, ArgsOf } from '../args.js';

/** Arguments of ufw, as community.general.ufw has them. */
export const ufwArgs = {
  state: {
    type: 'str',
    choices: ['enabled', 'disabled', 'reloaded', 'reset'],
    doc: 'On now and at boot, off, read anew, or back to the defaults.',
  },
  default: {
    type: 'str',
    aliases: ['policy'],
    choices: ['allow', 'deny', 'reject'],
    doc: 'What becomes of traffic that no rule is about.',
  },
  direction: {
    type: 'str',
    choices: ['in', 'incoming', 'out', 'outgoing', 'routed'],
    doc: 'The direction; of rules in or out, of the default incoming, outgoing or routed.',
  },
  logging: {
    type: 'str',
    choices: ['full', 'high', 'low', 'medium', 'off', 'on'],
    doc: 'How much is logged.',
  },
  insert: { type: 'int', doc: 'Which number a new rule gets, from 1.' },
  insert_relative_to: {
    type: 'str',
    default: 'zero',
    choices: ['zero', 'first-ipv4', 'last-ipv4', 'first-ipv6', 'last-ipv6'],
    doc: 'What that number counts from.',
  },
  rule: { type: 'str', choices: ['allow', 'deny', 'limit', 'reject'], doc: 'What becomes of the traffic.' },
  log: { type: 'bool', default: false, doc: 'New connections of the rule are logged.' },
  from_ip: { type: 'str', default: 'any', aliases: ['from', 'src'], doc: 'Source address.' },
  from_port: { type: 'str', doc: 'The port that packets come from.' },
  to_ip: { type: 'str', default: 'any', aliases: ['dest', 'to'], doc: 'Destination address.' },
  to_port: { type: 'str', aliases: ['port'], doc: 'The port that packets go to.' },
  proto: {
    type: 'str',
    aliases: ['protocol'],
    choices: ['any', 'tcp', 'udp', 'ipv6', 'esp', 'ah', 'gre', 'igmp'],
    doc: 'The protocol.',
  },
  name: { type: 'str', aliases: ['app'], doc: 'A profile of /etc/ufw/applications.d.' },
  delete: { type: 'bool', default: false, doc: 'The rule goes away.' },
  interface: { type: 'str', aliases: ['if'], doc: 'The interface, with a direction.' },
  interface_in: { type: 'str', aliases: ['if_in'], doc: 'The interface it comes in by.' },
  interface_out: { type: 'str', aliases: ['if_out'], doc: 'The interface it goes out by.' },
  route: { type: 'bool', default: false, doc: 'The rule is about traffic that passes through.' },
  comment: { type: 'str', doc: 'A comment for the rule.' },
} as const satisfies ArgSpec;

/** What is wished of ufw. */
export type UfwWish = ArgsOf<typeof ufwArgs>;
