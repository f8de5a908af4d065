import type { DirectiveName, LoopControlName, MetaAction, PlayKeyword } from './tree.js';

/** What a keyword takes; strings may always be templates. */
export type KeywordKind =
  | 'bool'
  | 'int'
  | 'number'
  | 'percent'
  | 'string'
  | 'strings'
  | 'conditions'
  | 'dict'
  | 'dicts'
  | 'tasks'
  | 'list'
  | 'any';

/** Keywords of one level with what they take. */
export type Keywords = Readonly<Record<string, KeywordKind>>;

/** Keywords that everything inside inherits (ansible-core 2.14, "Playbook Keywords"). */
export const DIRECTIVES: Readonly<Record<DirectiveName, KeywordKind>> = {
  any_errors_fatal: 'bool',
  become: 'bool',
  become_exe: 'string',
  become_flags: 'string',
  become_method: 'string',
  become_user: 'string',
  check_mode: 'bool',
  collections: 'strings',
  connection: 'string',
  debugger: 'string',
  diff: 'bool',
  environment: 'dicts',
  ignore_errors: 'bool',
  ignore_unreachable: 'bool',
  module_defaults: 'dicts',
  no_log: 'bool',
  port: 'int',
  remote_user: 'string',
  run_once: 'bool',
  throttle: 'int',
  timeout: 'int',
  delegate_to: 'string',
  delegate_facts: 'bool',
};

const { delegate_to: _to, delegate_facts: _facts, ...UNDELEGATED } = DIRECTIVES;
const EVERYWHERE: Keywords = { name: 'string', vars: 'dicts', tags: 'strings' };

/** Keywords of a play that only the engine reads. */
export const PLAY_ONLY: Readonly<Record<PlayKeyword, KeywordKind>> = {
  gather_facts: 'bool',
  gather_subset: 'strings',
  gather_timeout: 'int',
  fact_path: 'string',
  strategy: 'string',
  serial: 'list',
  order: 'string',
  force_handlers: 'bool',
  max_fail_percentage: 'percent',
};

/** Keywords of a play; `user` is the old name of remote_user. */
export const PLAY: Keywords = {
  ...EVERYWHERE,
  ...UNDELEGATED,
  ...PLAY_ONLY,
  hosts: 'strings',
  user: 'string',
  vars_files: 'list',
  vars_prompt: 'dicts',
  roles: 'list',
  pre_tasks: 'tasks',
  tasks: 'tasks',
  post_tasks: 'tasks',
  handlers: 'tasks',
};

/** Keywords of a block. */
export const BLOCK: Keywords = {
  ...EVERYWHERE,
  ...DIRECTIVES,
  when: 'conditions',
  notify: 'strings',
  block: 'tasks',
  rescue: 'tasks',
  always: 'tasks',
};

/** Keywords of a role in `roles:` or in a role's dependencies; any other key is a parameter of the role. */
export const ROLE: Keywords = {
  ...EVERYWHERE,
  ...DIRECTIVES,
  when: 'conditions',
  role: 'string',
};

/** Keywords of a task. */
export const TASK: Keywords = {
  ...EVERYWHERE,
  ...DIRECTIVES,
  when: 'conditions',
  action: 'any',
  local_action: 'any',
  args: 'any',
  async: 'int',
  poll: 'int',
  loop: 'any',
  loop_control: 'dict',
  register: 'string',
  until: 'conditions',
  retries: 'int',
  delay: 'int',
  changed_when: 'conditions',
  failed_when: 'conditions',
  notify: 'strings',
};

/** Keywords of a handler. */
export const HANDLER: Keywords = { ...TASK, listen: 'strings' };

/** Keywords of include_tasks and include_role, whose tasks are not known before they run. */
export const INCLUDE: Keywords = {
  ...EVERYWHERE,
  when: 'conditions',
  action: 'any',
  args: 'any',
  collections: 'strings',
  debugger: 'string',
  ignore_errors: 'bool',
  loop: 'any',
  loop_control: 'dict',
  no_log: 'bool',
  register: 'string',
  run_once: 'bool',
  timeout: 'int',
};

/** Keywords of loop_control. */
export const LOOP_CONTROL: Readonly<Record<LoopControlName, KeywordKind>> = {
  loop_var: 'string',
  index_var: 'string',
  label: 'any',
  pause: 'number',
  extended: 'bool',
  extended_allitems: 'bool',
  break_when: 'conditions',
};

/** Keywords of import_playbook. */
export const IMPORT_PLAYBOOK: Keywords = {
  ...EVERYWHERE,
  ...UNDELEGATED,
  when: 'conditions',
  import_playbook: 'string',
};

/** Keywords of a role's meta/main.yml. */
export const ROLE_META: Keywords = {
  allow_duplicates: 'bool',
  dependencies: 'list',
  galaxy_info: 'any',
  argument_specs: 'dict',
  collections: 'strings',
};

const STRATEGIES = ['linear', 'free', 'host_pinned', 'debug'];

/** Keywords that take one of a few words. */
export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  order: ['inventory', 'reverse_inventory', 'sorted', 'reverse_sorted', 'shuffle'],
  debugger: ['always', 'never', 'on_failed', 'on_unreachable', 'on_skipped'],
  strategy: [...STRATEGIES, ...STRATEGIES.map((name) => `ansible.builtin.${name}`)],
};

/** What `meta` tasks can do. */
export const META_ACTIONS: readonly MetaAction[] = [
  'flush_handlers',
  'noop',
  'refresh_inventory',
  'clear_facts',
  'clear_host_errors',
  'end_play',
  'end_host',
  'end_batch',
  'end_role',
  'reset_connection',
];
