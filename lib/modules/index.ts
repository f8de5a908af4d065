import { apt } from './apt.js';
import { file } from './file.js';
import { group } from './group.js';
import type { Module } from './module.js';
import { packageModule } from './package.js';
import { ping } from './ping.js';
import { service } from './service.js';
import { systemd } from './systemd.js';
import { user } from './user.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [apt, file, group, packageModule, ping, service, systemd, user];
