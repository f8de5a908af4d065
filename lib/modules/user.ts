import { group, passwd } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { planUser } from './user/plan-user.js';
import { userArgs } from './user/user-args.js';
import { homeExists, keyFields, sshKey } from './user/user-files.js';
import { groupsToCheck, known } from './user/user-state.js';

/** Adds, changes and removes users by useradd, usermod, userdel, chpasswd and chage. */
export const user = defineModule({
  name: 'user',
  summary: 'Manages user accounts',
  args: userArgs,
  returns: {
    name: 'the user',
    state: 'present or absent',
    append: 'whether groups were added to those it has',
    create_home: 'whether a home was to be made for a new user',
    move_home: 'whether a home was to be moved',
    system: 'whether a new user got a number of the system range',
    password: 'NOT_LOGGING_PASSWORD when one was given',
    password_expire_max: 'days after which the password must be changed',
    password_expire_min: 'days before which it must not be changed',
    force: 'whether it was removed in use',
    remove: 'whether home and mail went too',
    stdout: 'what the programs printed',
    stderr: 'what they printed as errors',
    uid: 'number of the user',
    group: 'number of its primary group',
    groups: 'the supplementary groups that were asked for, with commas',
    home: 'its home directory',
    shell: 'its login shell',
    comment: 'its GECOS field',
    ssh_key_file: 'file of the ssh key',
    ssh_fingerprint: 'fingerprint of the ssh key',
    ssh_public_key: 'public part of the ssh key',
  },
  examples: `
- name: The application's user
  user:
    name: ffe
    group: ffe
    system: true
    shell: /usr/sbin/nologin
    home: /opt/ffe
    create_home: false
`,
  queries: (args) => ({
    user: passwd(args.name),
    home: args.state === 'present' && args.create_home ? homeExists(args) : undefined,
    key: args.state === 'present' && args.generate_ssh_key ? sshKey(args) : undefined,
  }),
  more: (args, answers) => {
    const names = args.state === 'present' ? groupsToCheck(args, known(args, answers.user)) : [];
    return names.length === 0 ? undefined : { groups: names.map((name) => group(name)) };
  },
  plan: (args, answers, info) => planUser(args, answers, mayComeLater(info)),
  report: (args, { user: now, key }) => {
    if (args.state === 'absent' || !now.found) return {};
    return {
      ...{ uid: now.uid, group: now.gid, comment: now.gecos, home: now.home, shell: now.shell },
      ...(args.groups && { groups: args.groups.join(',') }),
      ...(key?.rc === 0 && keyFields(key.stdout)),
    };
  },
});
