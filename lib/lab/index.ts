export { sweep } from './claim.js';
export {
  labFreeze,
  labLink,
  labPowerOff,
  labReboot,
  labReset,
  labStart,
  labThaw,
} from './control.js';
export { labDown } from './down.js';
export { type LabInventory, readLabInventory } from './inventory.js';
export { writeLoginInventory } from './login.js';
export type { ImageSpec, ImageVariant } from './recipe.js';
export { installPackages, type Lacks, lacks, requireLab } from './requirements.js';
export { reserveNodes } from './reserve.js';
export { sshArgv, sshOptions } from './ssh.js';
export { defaultDir, type Lab, type LabNode, loadLab, nodeNamed } from './state.js';
export { labStatus, type NodeStatus } from './status.js';
export { type LabSpec, labUp } from './up.js';
