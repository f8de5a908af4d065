/** How a local of the emitted code gets its first value. */
export type Load =
  | { readonly kind: 'given' }
  | { readonly kind: 'resolve'; readonly name: string }
  | { readonly kind: 'alias'; readonly of: string }
  | { readonly kind: 'unset' };

/**
 * The names of one frame (template, loop body, macro, block ...) and the locals of the emitted code that hold them.
 * Jinja2 decides at compile time which name lives where; a name set in a frame is a local of that frame.
 */
export type Symbols = {
  readonly level: number;
  readonly parent: Symbols | undefined;
  /** Numbers of names, the same in every frame of a template: locals are called by them. */
  readonly numbers: Map<string, number>;
  refs: Map<string, string>;
  loads: Map<string, Load>;
  stores: Set<string>;
};

/** The names of a new frame inside another one. */
export function createSymbols(parent?: Symbols): Symbols {
  return {
    level: parent ? parent.level + 1 : 0,
    parent,
    numbers: parent?.numbers ?? new Map(),
    refs: new Map(),
    loads: new Map(),
    stores: new Set(),
  };
}

function define(symbols: Symbols, name: string, load: Load): string {
  const { numbers } = symbols;
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  const id = `l${symbols.level}_${number}`;
  symbols.refs.set(name, id);
  symbols.loads.set(id, load);
  return id;
}

/** The local that holds a name here or further out. */
export function findRef(symbols: Symbols, name: string): string | undefined {
  for (let s: Symbols | undefined = symbols; s; s = s.parent) {
    const id = s.refs.get(name);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** The local that holds a name; the name must have been analysed. */
export function ref(symbols: Symbols, name: string): string {
  const id = findRef(symbols, name);
  if (id === undefined) throw new Error(`the name ${name} was not analysed`);
  return id;
}

/** Notes that a name is given by the frame's owner: a macro's parameter, a loop's target. */
export function declareGiven(symbols: Symbols, name: string): string {
  symbols.stores.add(name);
  return define(symbols, name, { kind: 'given' });
}

/** Notes that a name is read. */
export function noteLoad(symbols: Symbols, name: string): void {
  if (findRef(symbols, name) === undefined) define(symbols, name, { kind: 'resolve', name });
}

/** Notes that a name is set. */
export function noteStore(symbols: Symbols, name: string): void {
  symbols.stores.add(name);
  if (symbols.refs.has(name)) return;
  const outer = symbols.parent && findRef(symbols.parent, name);
  define(symbols, name, outer === undefined ? { kind: 'unset' } : { kind: 'alias', of: outer });
}

/** A copy for one branch of an if. */
export function copySymbols(symbols: Symbols): Symbols {
  return {
    level: symbols.level,
    parent: symbols.parent,
    numbers: symbols.numbers,
    refs: new Map(symbols.refs),
    loads: new Map(symbols.loads),
    stores: new Set(symbols.stores),
  };
}

/** Joins the branches of an if: a name that only some of them set falls back to what it is outside. */
export function joinBranches(symbols: Symbols, branches: readonly Symbols[]): void {
  const counts = new Map<string, number>();
  for (const branch of branches)
    for (const name of branch.stores)
      if (!symbols.stores.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const branch of branches) {
    for (const [name, id] of branch.refs) symbols.refs.set(name, id);
    for (const [id, load] of branch.loads) symbols.loads.set(id, load);
    for (const name of branch.stores) symbols.stores.add(name);
  }
  for (const [name, count] of counts) {
    if (count === branches.length) continue;
    const outer = symbols.parent && findRef(symbols.parent, name);
    symbols.loads.set(
      ref(symbols, name),
      outer === undefined ? { kind: 'resolve', name } : { kind: 'alias', of: outer },
    );
  }
}

/** Every name that is set in this frame or around it, with its local: what an include hands over. */
export function storedNames(symbols: Symbols): Map<string, string> {
  const out = new Map<string, string>();
  for (let s: Symbols | undefined = symbols; s; s = s.parent)
    for (const name of s.stores) if (!out.has(name)) out.set(name, ref(symbols, name));
  return out;
}

/** True for a name that no frame sets: it comes from the scope. */
export function isFree(symbols: Symbols, name: string): boolean {
  for (let s: Symbols | undefined = symbols; s; s = s.parent) {
    const id = s.refs.get(name);
    if (id !== undefined) return s.loads.get(id)?.kind === 'resolve' && !s.stores.has(name);
  }
  return true;
}
