import type { PathState } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';

/** The permission bits one by one, under the names that results give them. */
export function bits(mode: number): JsonObject {
  const set = (bit: number) => (mode & bit) !== 0;
  return {
    rusr: set(0o400),
    wusr: set(0o200),
    xusr: set(0o100),
    rgrp: set(0o040),
    wgrp: set(0o020),
    xgrp: set(0o010),
    roth: set(0o004),
    woth: set(0o002),
    xoth: set(0o001),
    isuid: set(0o4000),
    isgid: set(0o2000),
  };
}

/** What a path is and is not. */
export function kinds(type: PathState['type']): JsonObject {
  return {
    isdir: type === 'directory',
    ischr: type === 'char',
    isblk: type === 'block',
    isreg: type === 'file',
    isfifo: type === 'fifo',
    islnk: type === 'link',
    issock: type === 'socket',
  };
}
