/** scripts/backup.sh: makes backups now, by the playbooks. */
import { operate } from './operate/run.js';

await operate('backup');
