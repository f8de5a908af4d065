import { acl } from './acl.js';
import { acmeAccount } from './acme_account.js';
import { acmeCertificate } from './acme_certificate.js';
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
import { command } from './command.js';
import { copy } from './copy.js';
import { cron } from './cron.js';
import { cronvar } from './cronvar.js';
import { crypttab } from './crypttab.js';
import { deb822Repository } from './deb822_repository.js';
import { debconf } from './debconf.js';
import { debug } from './debug.js';
import { dockerCompose } from './docker_compose.js';
import { dockerComposeV2 } from './docker_compose_v2.js';
import { dockerComposeV2Pull } from './docker_compose_v2_pull.js';
import { dockerContainer } from './docker_container.js';
import { dockerContainerExec } from './docker_container_exec.js';
import { dockerContainerInfo } from './docker_container_info.js';
import { dockerHostInfo } from './docker_host_info.js';
import { dockerImage } from './docker_image.js';
import { dockerImageInfo } from './docker_image_info.js';
import { dockerLogin } from './docker_login.js';
import { dockerNetwork } from './docker_network.js';
import { dockerNetworkInfo } from './docker_network_info.js';
import { dockerPrune } from './docker_prune.js';
import { dockerVolume } from './docker_volume.js';
import { dockerVolumeInfo } from './docker_volume_info.js';
import { dpkgDivert } from './dpkg_divert.js';
import { dpkgSelections } from './dpkg_selections.js';
import { expect } from './expect.js';
import { fail } from './fail.js';
import { fetch } from './fetch.js';
import { file } from './file.js';
import { filesystem } from './filesystem.js';
import { find } from './find.js';
import { gatherFacts } from './gather-facts.js';
import { getCertificate } from './get_certificate.js';
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
import { localeGen } from './locale_gen.js';
import { make } from './make.js';
import { modprobe } from './modprobe.js';
import type { Module } from './module.js';
import { mount } from './mount.js';
import { mountFacts } from './mount_facts.js';
import { mysqlDb } from './mysql_db.js';
import { mysqlUser } from './mysql_user.js';
import { nftables } from './nftables.js';
import { opensshKeypair } from './openssh_keypair.js';
import { opensslCsr } from './openssl_csr.js';
import { opensslCsrInfo } from './openssl_csr_info.js';
import { opensslCsrPipe } from './openssl_csr_pipe.js';
import { opensslDhparam } from './openssl_dhparam.js';
import { opensslPkcs12 } from './openssl_pkcs12.js';
import { opensslPrivatekey } from './openssl_privatekey.js';
import { opensslPrivatekeyInfo } from './openssl_privatekey_info.js';
import { packageModule } from './package.js';
import { packageFacts } from './package-facts.js';
import { pamLimits } from './pam_limits.js';
import { pamd } from './pamd.js';
import { patch } from './patch.js';
import { pause } from './pause.js';
import { ping } from './ping.js';
import { pip } from './pip.js';
import { pipPackageInfo } from './pip_package_info.js';
import { postgresqlCopy } from './postgresql_copy.js';
import { postgresqlDb } from './postgresql_db.js';
import { postgresqlExt } from './postgresql_ext.js';
import { postgresqlIdx } from './postgresql_idx.js';
import { postgresqlInfo } from './postgresql_info.js';
import { postgresqlMembership } from './postgresql_membership.js';
import { postgresqlOwner } from './postgresql_owner.js';
import { postgresqlPgHba } from './postgresql_pg_hba.js';
import { postgresqlPing } from './postgresql_ping.js';
import { postgresqlPrivs } from './postgresql_privs.js';
import { postgresqlPublication } from './postgresql_publication.js';
import { postgresqlQuery } from './postgresql_query.js';
import { postgresqlSchema } from './postgresql_schema.js';
import { postgresqlScript } from './postgresql_script.js';
import { postgresqlSequence } from './postgresql_sequence.js';
import { postgresqlSet } from './postgresql_set.js';
import { postgresqlSlot } from './postgresql_slot.js';
import { postgresqlSubscription } from './postgresql_subscription.js';
import { postgresqlTable } from './postgresql_table.js';
import { postgresqlTablespace } from './postgresql_tablespace.js';
import { postgresqlUser } from './postgresql_user.js';
import { postgresqlUserObjStatInfo } from './postgresql_user_obj_stat_info.js';
import { raw } from './raw.js';
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
import { x509Certificate } from './x509_certificate.js';
import { x509CertificateInfo } from './x509_certificate_info.js';
import { x509CertificatePipe } from './x509_certificate_pipe.js';
import { xattr } from './xattr.js';
import { xml } from './xml.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [
  acl,
  acmeAccount,
  acmeCertificate,
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
  dockerCompose,
  dockerComposeV2,
  dockerComposeV2Pull,
  dockerContainer,
  dockerContainerExec,
  dockerContainerInfo,
  dockerHostInfo,
  dockerImage,
  dockerImageInfo,
  dockerLogin,
  dockerNetwork,
  dockerNetworkInfo,
  dockerPrune,
  dockerVolume,
  dockerVolumeInfo,
  dpkgDivert,
  dpkgSelections,
  expect,
  fail,
  fetch,
  file,
  filesystem,
  find,
  gatherFacts,
  getCertificate,
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
  localeGen,
  make,
  modprobe,
  mount,
  mountFacts,
  mysqlDb,
  mysqlUser,
  nftables,
  opensshKeypair,
  opensslCsr,
  opensslCsrInfo,
  opensslCsrPipe,
  opensslDhparam,
  opensslPkcs12,
  opensslPrivatekey,
  opensslPrivatekeyInfo,
  packageFacts,
  packageModule,
  pamd,
  pamLimits,
  patch,
  pause,
  ping,
  pip,
  pipPackageInfo,
  postgresqlCopy,
  postgresqlDb,
  postgresqlExt,
  postgresqlIdx,
  postgresqlInfo,
  postgresqlMembership,
  postgresqlOwner,
  postgresqlPgHba,
  postgresqlPing,
  postgresqlPrivs,
  postgresqlPublication,
  postgresqlQuery,
  postgresqlSchema,
  postgresqlScript,
  postgresqlSequence,
  postgresqlSet,
  postgresqlSlot,
  postgresqlSubscription,
  postgresqlTable,
  postgresqlTablespace,
  postgresqlUser,
  postgresqlUserObjStatInfo,
  raw,
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
  x509Certificate,
  x509CertificateInfo,
  x509CertificatePipe,
  xattr,
  xml,
];
