/**
 * Variables that set the options of Ansible's plug-ins, by `type/name` and option, the strongest first
 * (documentation of the plug-ins, section "vars").
 */
export const PLUGIN_VARIABLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'connection/ssh': {
    host: ['ansible_ssh_host', 'ansible_host', 'inventory_hostname'],
    host_key_checking: ['ansible_ssh_host_key_checking', 'ansible_host_key_checking'],
    password: ['ansible_ssh_password', 'ansible_ssh_pass', 'ansible_password'],
    pipelining: ['ansible_ssh_pipelining', 'ansible_pipelining'],
    port: ['ansible_ssh_port', 'ansible_port'],
    private_key_file: ['ansible_ssh_private_key_file', 'ansible_private_key_file'],
    remote_user: ['ansible_ssh_user', 'ansible_user'],
    ssh_args: ['ansible_ssh_args'],
    ssh_common_args: ['ansible_ssh_common_args'],
    ssh_extra_args: ['ansible_ssh_extra_args'],
    timeout: ['ansible_ssh_timeout'],
  },
  'connection/local': { pipelining: ['ansible_pipelining'] },
  'shell/sh': {
    admin_users: ['ansible_admin_users'],
    async_dir: ['ansible_async_dir'],
    remote_tmp: ['ansible_remote_tmp'],
    system_tmpdirs: ['ansible_system_tmpdirs'],
  },
  'become/sudo': {
    become_exe: ['ansible_sudo_exe', 'ansible_become_exe'],
    become_flags: ['ansible_sudo_flags', 'ansible_become_flags'],
    become_user: ['ansible_sudo_user', 'ansible_become_user'],
  },
  'become/su': {
    become_exe: ['ansible_su_exe', 'ansible_become_exe'],
    become_flags: ['ansible_su_flags', 'ansible_become_flags'],
    become_user: ['ansible_su_user', 'ansible_become_user'],
  },
};
