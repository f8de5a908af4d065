import { apt } from './apt.js';
import { assertModule } from './assert.js';
import { blockinfile } from './blockinfile.js';
import { command } from './command.js';
import { cron } from './cron.js';
import { debug } from './debug.js';
import { fail } from './fail.js';
import { file } from './file.js';
import { group } from './group.js';
import { lineinfile } from './lineinfile.js';
import type { Module } from './module.js';
import { packageModule } from './package.js';
import { ping } from './ping.js';
import { raw } from './raw.js';
import { replace } from './replace.js';
import { script } from './script.js';
import { service } from './service.js';
import { setFact } from './set_fact.js';
import { shell } from './shell.js';
import { slurp } from './slurp.js';
import { stat } from './stat.js';
import { systemd } from './systemd.js';
import { user } from './user.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [
  apt,
  assertModule,
  blockinfile,
  command,
  cron,
  debug,
  fail,
  file,
  group,
  lineinfile,
  packageModule,
  ping,
  raw,
  replace,
  script,
  service,
  setFact,
  shell,
  slurp,
  stat,
  systemd,
  user,
];
