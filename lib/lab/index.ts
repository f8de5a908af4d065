export {
  labFreeze,
  labLink,
  labPowerOff,
  labReboot,
  labReset,
  labStart,
  labThaw,
  nodeNamed,
} from './control.js';
export { labDown } from './down.js';
export type { ImageSpec, ImageVariant } from './recipe.js';
export { installPackages, type Lacks, lacks } from './requirements.js';
export { reserveNodes } from './reserve.js';
export { sshArgv, sshOptions } from './ssh.js';
export { defaultDir, type Lab, type LabNode, loadLab } from './state.js';
export { labStatus, type NodeStatus } from './status.js';
export { type LabSpec, labUp, sweep } from './up.js';
