import { file } from './file.js';
import type { Module } from './module.js';
import { ping } from './ping.js';

/** Every module that comes with the program. One line each, in order of names. */
export const modules: readonly Module[] = [file, ping];
