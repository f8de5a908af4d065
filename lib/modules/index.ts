import { apt } from './apt.js';
import { command } from './command.js';
import { cron } from './cron.js';
import { file } from './file.js';
import { group } from './group.js';
import type { Module } from './module.js';
import { packageModule } from './package.js';
import { ping } from './ping.js';
import { raw } from './raw.js';
import { script } from './script.js';
import { service } from './service.js';
import { shell } from './shell.js';
import { systemd } from './systemd.js';
import { user } from './user.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [
  apt,
  command,
  cron,
  file,
  group,
  packageModule,
  ping,
  raw,
  script,
  service,
  shell,
  systemd,
  user,
];
