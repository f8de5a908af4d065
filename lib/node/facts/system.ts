import type { JsonObject } from '../../values/json.js';
import { type Gathered, linesOf, printed } from './gathered.js';

/** Words of the kernel's command line, once each (the last wins), and as lists where they come several times. */
export function cmdlineFacts(gathered: Gathered): JsonObject {
  const words = gathered.file('/proc/cmdline')?.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  const cmdline: JsonObject = {};
  const all: JsonObject = {};
  for (const word of words.map((w) => w.replaceAll('"', ''))) {
    const at = word.indexOf('=');
    const [key, value] = at < 0 ? [word, true] : [word.slice(0, at), word.slice(at + 1)];
    const before = all[key];
    cmdline[key] = value;
    all[key] =
      at < 0 || before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return { cmdline, proc_cmdline: all };
}

/** What /etc/resolv.conf says. */
export function dnsFacts(gathered: Gathered): JsonObject {
  const dns: JsonObject = {};
  for (const line of linesOf(gathered.file('/etc/resolv.conf'))) {
    const [word = '', ...values] = line.trim().split(/\s+/);
    if (/^[#;]/.test(word) || values.length === 0) continue;
    if (word === 'nameserver')
      dns.nameservers = [...((dns.nameservers as string[] | undefined) ?? []), values[0]!];
    else if (word === 'domain') dns.domain = values[0];
    else if (word === 'search' || word === 'sortlist') dns[word] = values;
    else if (word === 'options')
      dns.options = Object.fromEntries(
        values.map((v) => [v.split(':')[0]!, v.includes(':') ? v.slice(v.indexOf(':') + 1) : true]),
      );
  }
  return { dns };
}

/** The environment that a login gets. */
export function envFacts(gathered: Gathered): JsonObject {
  const words = (gathered.file('/proc/shell/environ') ?? '').split('\0').filter((w) => w.includes('='));
  return {
    env: Object.fromEntries(words.map((w) => [w.slice(0, w.indexOf('=')), w.slice(w.indexOf('=') + 1)])),
  };
}

/** The user that tasks run as. */
export function userFacts(gathered: Gathered): JsonObject {
  const [name, , uid, gid, gecos, home, shell] = printed(gathered, 'passwd').trim().split(':');
  const ids = (label: string) =>
    (new RegExp(`^${label}:\\s+(.*)$`, 'm').exec(gathered.file('/proc/shell/status') ?? '')?.[1] ?? '')
      .split(/\s+/)
      .map(Number);
  const [users, groups] = [ids('Uid'), ids('Gid')];
  return {
    user_id: name,
    user_uid: Number(uid),
    user_gid: Number(gid),
    user_gecos: gecos,
    user_dir: home,
    user_shell: shell,
    real_user_id: users[0],
    effective_user_id: users[1],
    real_group_id: groups[0],
    effective_group_id: groups[1],
  };
}

/** Public host keys of sshd, by algorithm. */
export function sshKeyFacts(gathered: Gathered): JsonObject {
  const facts: JsonObject = {};
  for (const path of gathered.paths(/ssh_host_\w+_key\.pub$/)) {
    const algorithm = /ssh_host_(\w+)_key/.exec(path)![1]!;
    const [type, key] = (gathered.file(path) ?? '').split(/\s+/);
    if (key === undefined) continue;
    facts[`ssh_host_key_${algorithm}_public`] = key;
    facts[`ssh_host_key_${algorithm}_public_keytype`] = type;
  }
  return facts;
}

/** Capabilities, where `capsh` is installed. */
export function capsFacts(gathered: Gathered): JsonObject {
  const current = /^Current:\s*(.*)$/m.exec(printed(gathered, 'capsh'))?.[1]?.trim();
  if (current === undefined) return {};
  if (current === '=ep') return { system_capabilities_enforced: 'False', system_capabilities: [] };
  const list = (current.split('=')[1] ?? '').split(',').map((word) => word.trim());
  return { system_capabilities_enforced: 'True', system_capabilities: list };
}

/** Security modules, package manager, init, and other facts of one line each. */
export function selinuxFacts(gathered: Gathered): JsonObject {
  const enforce = gathered.file('/sys/fs/selinux/enforce');
  if (enforce === undefined) return { selinux_python_present: true, selinux: { status: 'disabled' } };
  const config = gathered.file('/etc/selinux/config') ?? '';
  const setting = (name: string) => new RegExp(`^${name}=(\\S+)`, 'm').exec(config)?.[1] ?? 'unknown';
  const selinux = {
    status: 'enabled',
    policyvers: Number(gathered.file('/sys/fs/selinux/policyvers')),
    config_mode: setting('SELINUX'),
    mode: enforce === '1' ? 'enforcing' : 'permissive',
    type: setting('SELINUXTYPE'),
  };
  return { selinux_python_present: true, selinux };
}

/** The program that PID 1 is, in Ansible's words. */
export function serviceManager(gathered: Gathered): JsonObject {
  const init = gathered.file('/proc/1/comm') ?? '';
  const systemd = init === 'systemd' || gathered.has('/run/systemd/system');
  return { service_mgr: systemd ? 'systemd' : init === 'init' ? 'sysvinit' : init === '' ? 'service' : init };
}

/** Averages over 1, 5 and 15 minutes. */
export function loadFacts(gathered: Gathered): JsonObject {
  const [one, five, fifteen] = (gathered.file('/proc/loadavg') ?? '').split(' ').map(Number);
  return { loadavg: { '1m': one, '5m': five, '15m': fifteen } };
}

/** Names of this host in storage networks. */
export function storageNetworkFacts(gathered: Gathered): {
  iscsi: JsonObject;
  nvme: JsonObject;
  fc: JsonObject;
} {
  const initiator = /^InitiatorName=(.*)$/m.exec(gathered.file('/etc/iscsi/initiatorname.iscsi') ?? '')?.[1];
  const ports = gathered.paths(/fc_host/).map((p) => (gathered.file(p) ?? '').replace(/^0x/, ''));
  return {
    iscsi: { iscsi_iqn: initiator?.trim() ?? '' },
    nvme: { hostnqn: gathered.file('/etc/nvme/hostnqn') ?? '' },
    fc: { fibre_channel_wwn: ports },
  };
}
