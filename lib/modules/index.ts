import { addHost } from './add_host.js';
import { apt } from './apt.js';
import { aptRepository } from './apt_repository.js';
import { assemble } from './assemble.js';
import { assertModule } from './assert.js';
import { authorizedKey } from './authorized-key.js';
import { asyncStatus } from './async_status.js';
import { blockinfile } from './blockinfile.js';
import { command } from './command.js';
import { copy } from './copy.js';
import { cron } from './cron.js';
import { debug } from './debug.js';
import { fail } from './fail.js';
import { fetch } from './fetch.js';
import { file } from './file.js';
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
import { knownHosts } from './known_hosts.js';
import { lineinfile } from './lineinfile.js';
import type { Module } from './module.js';
import { mount } from './mount.js';
import { packageModule } from './package.js';
import { packageFacts } from './package-facts.js';
import { pause } from './pause.js';
import { ping } from './ping.js';
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
import { sysctl } from './sysctl.js';
import { systemd } from './systemd.js';
import { tempfile } from './tempfile.js';
import { template } from './template.js';
import { timezone } from './timezone.js';
import { unarchive } from './unarchive.js';
import { uri } from './uri.js';
import { user } from './user.js';
import { validateArgumentSpec } from './validate_argument_spec.js';
import { waitFor } from './wait-for.js';
import { waitForConnection } from './wait-for-connection.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [
  addHost,
  apt,
  aptRepository,
  assemble,
  assertModule,
  authorizedKey,
  blockinfile,
  command,
  copy,
  cron,
  debug,
  fail,
  fetch,
  file,
  asyncStatus,
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
  knownHosts,
  lineinfile,
  mount,
  packageModule,
  packageFacts,
  pause,
  ping,
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
  sysctl,
  systemd,
  tempfile,
  template,
  timezone,
  unarchive,
  uri,
  user,
  validateArgumentSpec,
  waitFor,
  waitForConnection,
];
