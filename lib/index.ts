/** What a TypeScript module in `library/` or a caller of the engine may import from 'ffe-provision'. */
export { FfeError } from './errors/error.js';
export type { Module, ModuleResult, PlanInfo, RunInfo } from './modules/module.js';
export { defineModule } from './modules/module.js';
export { change, failed, ok, skipped } from './modules/plan.js';
export { fileSource, templateSource, treeSource } from './modules/source.js';
export * from './node/actions/action.js';
export { text } from './node/content.js';
export { getent, group, passwd, path, pkg, read, readScript, tree, unit } from './node/queries/query.js';
export {
  defineFilters,
  defineLookups,
  defineTests,
  type LookupInfo,
  type UserFilter,
  type UserLookup,
  type UserTest,
} from './template/plugin.js';
