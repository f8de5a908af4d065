import type { Pos } from '../../values/position.js';
import type { Value } from '../../values/value.js';
import type { Caller, HostFiles, Library, Scope } from '../library.js';
import type { Context } from './bindings.js';
import type { Item } from './undefined.js';

/** Where a template's text comes from: turns its lines and columns (from 0) into a place in a file. */
export type Unit = { readonly name: string; place(lineno: number, colno: number): Pos | undefined };

/** A compiled template: its root and its blocks write chunks of output. */
export type Compiled = {
  readonly root: Body;
  readonly blocks: ReadonlyMap<string, Body>;
  /** True when the text changes lists or dicts in place: names are then copied when they are read. */
  readonly mutates: boolean;
};

/** A piece of compiled template. */
export type Body = (r: Render, c: Context, out: Item[]) => void;

/** A template that another one refers to. */
export type Loaded = { readonly compiled: Compiled; readonly unit: Unit };

/** The state of one render. `at` is the place last computed: line * 100000 + column. */
export type Render = {
  readonly scope: Scope;
  readonly files: HostFiles;
  readonly library: Library;
  readonly caller: Caller;
  /** True where macros and blocks give typed values (playbook strings), false in template files. */
  readonly typed: boolean;
  /** Values are Jinja2's native types: texts that read like Python literals become those (`jinja2_native`). */
  readonly native: boolean;
  readonly globals: (name: string) => Value | undefined;
  /** Finds and compiles a template by name; undefined when there is none. */
  readonly load: (name: string, from: Unit) => Loaded | undefined;
  unit: Unit;
  at: number;
  depth: number;
  steps: number;
  calls: number;
  /** The process's processor time when the render was first watched. */
  started: NodeJS.CpuUsage | undefined;
  copies: boolean;
};

/** How many rounds all loops of one render may make together. */
export const MAX_STEPS = 5_000_000;
/** How much processor time one render may take, in microseconds. */
export const MAX_TIME = 20_000_000;
/** How deeply macros, loops and includes may nest. */
export const MAX_DEPTH = 400;
/** How long the text of one render may become. */
export const MAX_OUTPUT = 100_000_000;

/** Packs a place for `Render.at`. */
export function pack(lineno: number, colno: number): number {
  return lineno * 100_000 + Math.min(colno, 99_999);
}

/** The file position of a packed place. */
export function placeOf(r: Render, at: number): Pos | undefined {
  return r.unit.place(Math.floor(at / 100_000), at % 100_000);
}
