import type { At, DirectiveName, Frame } from '../playbook/tree.js';
import { type FrameLayers, frameLayers } from '../vars/frame-layers.js';

/** What a frame and everything around it come to: inherited keywords, all conditions (outermost first), tags, variables. */
export type Effective = {
  readonly directives: ReadonlyMap<DirectiveName, At>;
  /** What holds around the frame: a keyword that is omitted takes its value from there. */
  readonly outer?: Effective;
  /** Every value of keywords that merge instead of replacing, outermost first. */
  readonly environment: readonly At[];
  readonly moduleDefaults: readonly At[];
  readonly when: readonly At[];
  readonly tags: ReadonlySet<string>;
  readonly layers: FrameLayers;
};

/** Remembers what frames come to, for the life of a run: frames never change. */
export function effectiveFrames(): (frame: Frame) => Effective {
  const known = new WeakMap<Frame, Effective>();
  const of = (frame: Frame): Effective => {
    const before = known.get(frame);
    if (before) return before;
    const made = merge(frame, frame.parent ? of(frame.parent) : undefined);
    known.set(frame, made);
    return made;
  };
  return of;
}

function merge(frame: Frame, outer: Effective | undefined): Effective {
  const own = (name: DirectiveName): At[] => {
    const at = frame.directives.get(name);
    return at ? [at] : [];
  };
  return {
    // Frames that set nothing share the map of the frame around them, so that it can stand for all that it decides.
    directives:
      outer && frame.directives.size === 0
        ? outer.directives
        : new Map([...(outer?.directives ?? []), ...frame.directives]),
    outer,
    environment: [...(outer?.environment ?? []), ...own('environment')],
    moduleDefaults: [...(outer?.moduleDefaults ?? []), ...own('module_defaults')],
    when: [...(outer?.when ?? []), ...frame.when],
    tags: new Set([...(outer?.tags ?? []), ...frame.tags]),
    layers: frameLayers(frame),
  };
}
