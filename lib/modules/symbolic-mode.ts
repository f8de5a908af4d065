const SHIFT = { u: 6, g: 3, o: 0 } as const;
const SPECIAL = { u: 0o4000, g: 0o2000, o: 0o1000 } as const;
type Who = keyof typeof SHIFT;

/** The mode a symbolic text starts from: the 12 permission bits, and whether it is a directory's (for `X`). */
export type ModeBase = { readonly mode: number; readonly directory: boolean };

function bitsOf(who: Who, perms: string, base: ModeBase, umask: number): number {
  const at = SHIFT[who];
  const execute = base.directory || (base.mode & 0o111) > 0;
  const bit = (value: number) => (value << at) & ~umask;
  const copied = (from: Who) => ((base.mode >> SHIFT[from]) & 7) << at;
  return [...perms].reduce((sum, perm) => {
    if (perm === 'r') return sum | bit(4);
    if (perm === 'w') return sum | bit(2);
    if (perm === 'x') return sum | bit(1);
    if (perm === 'X') return sum | (execute ? 1 << at : 0);
    if (perm === 's') return sum | (who === 'o' ? 0 : SPECIAL[who]);
    if (perm === 't') return sum | (who === 'o' ? SPECIAL.o : 0);
    return sum | copied(perm as Who);
  }, 0);
}

function applied(who: Who, operator: string, bits: number, mode: number): number {
  if (operator === '+') return mode | bits;
  if (operator === '-') return mode & ~bits;
  return (mode & ~((7 << SHIFT[who]) | SPECIAL[who])) | bits;
}

/**
 * Applies chmod's symbolic form (`u=rwX,g-w,+x`) to a mode, with the copies and the meaning of `s`, `t` and an empty user
 * list that chmod(1) gives them. Returns undefined for a text that is no symbolic mode.
 */
export function symbolicMode(text: string, base: ModeBase, umask = 0o022): number | undefined {
  let mode = base.mode;
  for (const part of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(part);
    if (!match) return undefined;
    const [, given, steps] = match as unknown as [string, string, string];
    const users = given === '' || given.includes('a') ? 'ugo' : given;
    for (const step of steps.match(/[-+=][^-+=]*/g)!)
      for (const who of users as Iterable<string> as Iterable<Who>)
        mode = applied(who, step[0]!, bitsOf(who, step.slice(1), base, given === '' ? umask : 0), mode);
  }
  return mode;
}
