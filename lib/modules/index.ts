import { apt } from './apt.js';
import { assertModule } from './assert.js';
import { authorizedKey } from './authorized-key.js';
import { blockinfile } from './blockinfile.js';
import { command } from './command.js';
import { copy } from './copy.js';
import { cron } from './cron.js';
import { debug } from './debug.js';
import { fail } from './fail.js';
import { file } from './file.js';
import { gatherFacts } from './gather-facts.js';
import { getent } from './getent.js';
import { group } from './group.js';
import { hostname } from './hostname.js';
import { lineinfile } from './lineinfile.js';
import type { Module } from './module.js';
import { packageModule } from './package.js';
import { ping } from './ping.js';
import { raw } from './raw.js';
import { replace } from './replace.js';
import { script } from './script.js';
import { service } from './service.js';
import { setFact } from './set_fact.js';
import { setup } from './setup.js';
import { shell } from './shell.js';
import { slurp } from './slurp.js';
import { stat } from './stat.js';
import { sysctl } from './sysctl.js';
import { systemd } from './systemd.js';
import { template } from './template.js';
import { user } from './user.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [
  apt,
  assertModule,
  authorizedKey,
  blockinfile,
  command,
  copy,
  cron,
  debug,
  fail,
  file,
  gatherFacts,
  getent,
  group,
  hostname,
  lineinfile,
  packageModule,
  ping,
  raw,
  replace,
  script,
  service,
  setFact,
  setup,
  shell,
  slurp,
  stat,
  sysctl,
  systemd,
  template,
  user,
];
