/** scripts/build.sh: builds the image of the application in the current folder, by the playbooks. */
import { operate } from './operate/run.js';

await operate('build');
