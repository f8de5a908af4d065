import type { PlanInfo } from './module.js';

/** In check mode, when earlier tasks may yet bring what is missing on the host. */
export function mayComeLater(info: PlanInfo): boolean {
  return info.check && info.pending !== false;
}
