import { addHost } from './add_host.js';
import { alternatives } from './alternatives.js';
import { apt } from './apt.js';
import { aptKey } from './apt_key.js';
import { aptRepository } from './apt_repository.js';
import { assemble } from './assemble.js';
import { assertModule } from './assert.js';
import { asyncStatus } from './async_status.js';
import { authorizedKey } from './authorized-key.js';
import { blockinfile } from './blockinfile.js';
import { capabilities } from './capabilities.js';
import { command } from './command.js';
import { copy } from './copy.js';
import { cron } from './cron.js';
import { cronvar } from './cronvar.js';
import { deb822Repository } from './deb822_repository.js';
import { debconf } from './debconf.js';
import { debug } from './debug.js';
import { dpkgDivert } from './dpkg_divert.js';
import { dpkgSelections } from './dpkg_selections.js';
import { expect } from './expect.js';
import { fail } from './fail.js';
import { fetch } from './fetch.js';
import { file } from './file.js';
import { filesystem } from './filesystem.js';
import { find } from './find.js';
import { gatherFacts } from './gather-facts.js';
import { getUrl } from './get-url.js';
import { getent } from './getent.js';
import { git } from './git.js';
import { group } from './group.js';
import { groupBy } from './group_by.js';
import { hostname } from './hostname.js';
import { includeVars } from './include_vars.js';
import { iniFile } from './ini_file.js';
import { interfacesFile } from './interfaces_file.js';
import { iptables } from './iptables.js';
import { knownHosts } from './known_hosts.js';
import { lineinfile } from './lineinfile.js';
import { localeGen } from './locale_gen.js';
import { modprobe } from './modprobe.js';
import type { Module } from './module.js';
import { mount } from './mount.js';
import { nftables } from './nftables.js';
import { packageModule } from './package.js';
import { packageFacts } from './package-facts.js';
import { pamLimits } from './pam_limits.js';
import { pause } from './pause.js';
import { ping } from './ping.js';
import { postgresqlDb } from './postgresql_db.js';
import { postgresqlExt } from './postgresql_ext.js';
import { postgresqlInfo } from './postgresql_info.js';
import { postgresqlMembership } from './postgresql_membership.js';
import { postgresqlOwner } from './postgresql_owner.js';
import { postgresqlPgHba } from './postgresql_pg_hba.js';
import { postgresqlPing } from './postgresql_ping.js';
import { postgresqlPrivs } from './postgresql_privs.js';
import { postgresqlQuery } from './postgresql_query.js';
import { postgresqlSchema } from './postgresql_schema.js';
import { postgresqlScript } from './postgresql_script.js';
import { postgresqlSet } from './postgresql_set.js';
import { postgresqlSlot } from './postgresql_slot.js';
import { postgresqlUser } from './postgresql_user.js';
import { raw } from './raw.js';
import { reboot } from './reboot.js';
import { replace } from './replace.js';
import { script } from './script.js';
import { service } from './service.js';
import { serviceFacts } from './service-facts.js';
import { setFact } from './set_fact.js';
import { setStats } from './set_stats.js';
import { setup } from './setup.js';
import { shell } from './shell.js';
import { slurp } from './slurp.js';
import { stat } from './stat.js';
import { sudoers } from './sudoers.js';
import { sysctl } from './sysctl.js';
import { systemd } from './systemd.js';
import { sysvinit } from './sysvinit.js';
import { tempfile } from './tempfile.js';
import { template } from './template.js';
import { timezone } from './timezone.js';
import { ufw } from './ufw.js';
import { unarchive } from './unarchive.js';
import { uri } from './uri.js';
import { user } from './user.js';
import { validateArgumentSpec } from './validate_argument_spec.js';
import { waitFor } from './wait-for.js';
import { waitForConnection } from './wait-for-connection.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [
  addHost,
  alternatives,
  apt,
  aptKey,
  aptRepository,
  assemble,
  assertModule,
  asyncStatus,
  authorizedKey,
  blockinfile,
  capabilities,
  command,
  copy,
  cron,
  cronvar,
  deb822Repository,
  debconf,
  debug,
  dpkgDivert,
  dpkgSelections,
  expect,
  fail,
  fetch,
  file,
  filesystem,
  find,
  gatherFacts,
  getent,
  getUrl,
  git,
  group,
  groupBy,
  hostname,
  includeVars,
  iniFile,
  interfacesFile,
  iptables,
  knownHosts,
  lineinfile,
  localeGen,
  modprobe,
  mount,
  nftables,
  packageFacts,
  packageModule,
  pamLimits,
  pause,
  ping,
  postgresqlDb,
  postgresqlExt,
  postgresqlInfo,
  postgresqlMembership,
  postgresqlOwner,
  postgresqlPgHba,
  postgresqlPing,
  postgresqlPrivs,
  postgresqlQuery,
  postgresqlSchema,
  postgresqlScript,
  postgresqlSet,
  postgresqlSlot,
  postgresqlUser,
  raw,
  reboot,
  replace,
  script,
  service,
  serviceFacts,
  setFact,
  setStats,
  setup,
  shell,
  slurp,
  stat,
  sudoers,
  sysctl,
  systemd,
  sysvinit,
  tempfile,
  template,
  timezone,
  ufw,
  unarchive,
  uri,
  user,
  validateArgumentSpec,
  waitFor,
  waitForConnection,
];
