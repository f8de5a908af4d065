import type { Rows } from './setting.js';

/** Settings of becoming another user and of vaults. */
export const PRIVILEGES = {
  BECOME_ALLOW_SAME_USER: [
    'bool',
    false,
    'privilege_escalation.become_allow_same_user',
    'ANSIBLE_BECOME_ALLOW_SAME_USER',
  ],
  BECOME_PASSWORD_FILE: ['path', null, 'defaults.become_password_file', 'ANSIBLE_BECOME_PASSWORD_FILE'],
  AGNOSTIC_BECOME_PROMPT: [
    'bool',
    true,
    'privilege_escalation.agnostic_become_prompt',
    'ANSIBLE_AGNOSTIC_BECOME_PROMPT',
  ],
  DEFAULT_ASK_VAULT_PASS: ['bool', false, 'defaults.ask_vault_pass', 'ANSIBLE_ASK_VAULT_PASS'],
  DEFAULT_BECOME: ['bool', false, 'privilege_escalation.become', 'ANSIBLE_BECOME'],
  DEFAULT_BECOME_ASK_PASS: ['bool', false, 'privilege_escalation.become_ask_pass', 'ANSIBLE_BECOME_ASK_PASS'],
  DEFAULT_BECOME_METHOD: ['text', 'sudo', 'privilege_escalation.become_method', 'ANSIBLE_BECOME_METHOD'],
  DEFAULT_BECOME_EXE: ['text', null, 'privilege_escalation.become_exe', 'ANSIBLE_BECOME_EXE'],
  DEFAULT_BECOME_FLAGS: ['text', null, 'privilege_escalation.become_flags', 'ANSIBLE_BECOME_FLAGS'],
  DEFAULT_BECOME_USER: ['text', 'root', 'privilege_escalation.become_user', 'ANSIBLE_BECOME_USER'],
  DEFAULT_VAULT_ID_MATCH: ['bool', false, 'defaults.vault_id_match', 'ANSIBLE_VAULT_ID_MATCH'],
  DEFAULT_VAULT_IDENTITY: ['text', 'default', 'defaults.vault_identity', 'ANSIBLE_VAULT_IDENTITY'],
  DEFAULT_VAULT_ENCRYPT_IDENTITY: [
    'text',
    null,
    'defaults.vault_encrypt_identity',
    'ANSIBLE_VAULT_ENCRYPT_IDENTITY',
  ],
  DEFAULT_VAULT_IDENTITY_LIST: ['list', [], 'defaults.vault_identity_list', 'ANSIBLE_VAULT_IDENTITY_LIST'],
  DEFAULT_VAULT_PASSWORD_FILE: ['path', null, 'defaults.vault_password_file', 'ANSIBLE_VAULT_PASSWORD_FILE'],
} as const satisfies Rows;
