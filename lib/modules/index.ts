import { acl } from './acl.js';
import { addHost } from './add_host.js';
import { alternatives } from './alternatives.js';
import { apache2Module } from './apache2_module.js';
import { apt } from './apt.js';
import { aptKey } from './apt_key.js';
import { aptRepository } from './apt_repository.js';
import { archive } from './archive.js';
import { assemble } from './assemble.js';
import { assertModule } from './assert.js';
import { asyncStatus } from './async_status.js';
import { at } from './at.js';
import { authorizedKey } from './authorized-key.js';
import { blockinfile } from './blockinfile.js';
import { capabilities } from './capabilities.js';
import { cryptoModules } from './collections/crypto.js';
import { dockerModules } from './collections/docker.js';
import { postgresqlModules } from './collections/postgresql.js';
import { command } from './command.js';
import { copy } from './copy.js';
import { cron } from './cron.js';
import { cronvar } from './cronvar.js';
import { crypttab } from './crypttab.js';
import { deb822Repository } from './deb822_repository.js';
import { debconf } from './debconf.js';
import { debug } from './debug.js';
import { dpkgDivert } from './dpkg_divert.js';
import { dpkgSelections } from './dpkg_selections.js';
import { expect } from './expect.js';
import { fail } from './fail.js';
import { fetch } from './fetch.js';
import { file } from './file.js';
import { filesize } from './filesize.js';
import { filesystem } from './filesystem.js';
import { find } from './find.js';
import { gatherFacts } from './gather-facts.js';
import { getUrl } from './get-url.js';
import { getent } from './getent.js';
import { git } from './git.js';
import { gitConfig } from './git_config.js';
import { group } from './group.js';
import { groupBy } from './group_by.js';
import { hostname } from './hostname.js';
import { htpasswd } from './htpasswd.js';
import { includeVars } from './include_vars.js';
import { iniFile } from './ini_file.js';
import { interfacesFile } from './interfaces_file.js';
import { iptables } from './iptables.js';
import { knownHosts } from './known_hosts.js';
import { lineinfile } from './lineinfile.js';
import { listenPortsFacts } from './listen_ports_facts.js';
import { localeGen } from './locale_gen.js';
import { lvg } from './lvg.js';
import { lvol } from './lvol.js';
import { make } from './make.js';
import { modprobe } from './modprobe.js';
import type { Module } from './module.js';
import { mount } from './mount.js';
import { mountFacts } from './mount_facts.js';
import { mysqlDb } from './mysql_db.js';
import { mysqlUser } from './mysql_user.js';
import { nftables } from './nftables.js';
import { packageModule } from './package.js';
import { packageFacts } from './package-facts.js';
import { pamLimits } from './pam_limits.js';
import { pamd } from './pamd.js';
import { parted } from './parted.js';
import { patch } from './patch.js';
import { pause } from './pause.js';
import { pids } from './pids.js';
import { ping } from './ping.js';
import { pip } from './pip.js';
import { pipPackageInfo } from './pip_package_info.js';
import { raw } from './raw.js';
import { readCsv } from './read_csv.js';
import { reboot } from './reboot.js';
import { redis } from './redis.js';
import { redisInfo } from './redis_info.js';
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
import { subversion } from './subversion.js';
import { sudoers } from './sudoers.js';
import { synchronize } from './synchronize.js';
import { sysctl } from './sysctl.js';
import { syslogger } from './syslogger.js';
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
import { xattr } from './xattr.js';
import { xml } from './xml.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [
  ...cryptoModules,
  ...dockerModules,
  ...postgresqlModules,
  acl,
  addHost,
  alternatives,
  apache2Module,
  apt,
  aptKey,
  aptRepository,
  archive,
  assemble,
  assertModule,
  asyncStatus,
  at,
  authorizedKey,
  blockinfile,
  capabilities,
  command,
  copy,
  cron,
  cronvar,
  crypttab,
  deb822Repository,
  debconf,
  debug,
  dpkgDivert,
  dpkgSelections,
  expect,
  fail,
  fetch,
  file,
  filesize,
  filesystem,
  find,
  gatherFacts,
  getent,
  getUrl,
  git,
  gitConfig,
  group,
  groupBy,
  hostname,
  htpasswd,
  includeVars,
  iniFile,
  interfacesFile,
  iptables,
  knownHosts,
  lineinfile,
  listenPortsFacts,
  localeGen,
  lvg,
  lvol,
  make,
  modprobe,
  mount,
  mountFacts,
  mysqlDb,
  mysqlUser,
  nftables,
  packageFacts,
  packageModule,
  pamd,
  pamLimits,
  parted,
  patch,
  pause,
  pids,
  ping,
  pip,
  pipPackageInfo,
  raw,
  readCsv,
  reboot,
  redis,
  redisInfo,
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
  subversion,
  sudoers,
  synchronize,
  sysctl,
  syslogger,
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
  xattr,
  xml,
];
