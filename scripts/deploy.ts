/** scripts/deploy.sh: deploys, starts, stops or verifies the application, by the playbooks. */
import { operate } from './operate/run.js';

await operate('deploy');
