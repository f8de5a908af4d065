/** scripts/restore.sh: restores the databases, by the playbooks. */
import { operate } from './operate/run.js';

await operate('restore');
