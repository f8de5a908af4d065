import { ASYNC_DIR, cleanupScript, readStatus, statusScript } from './async/status.js';
import { defineModule } from './module.js';

/** Says how an asynchronous job goes, or removes what is known of it. */
export const asyncStatus = defineModule({
  name: 'async_status',
  summary: 'Asks how a task that was started with async is getting on.',
  args: {
    jid: {
      type: 'str',
      required: true,
      doc: 'The job, as `ansible_job_id` of the task that started it says.',
    },
    mode: {
      type: 'str',
      choices: ['status', 'cleanup'],
      default: 'status',
      doc: '`status` looks; `cleanup` removes the file of the result.',
    },
  },
  returns: {
    ansible_job_id: 'the job',
    finished: '1 when the job has ended, else 0',
    started: '1 when the job has begun',
    results_file: 'the file of the result on the node',
    erased: 'the file that was removed',
  },
  examples: `
- name: Wait for the import
  async_status:
    jid: "{{ import.ansible_job_id }}"
  register: job
  until: job is finished
  retries: 100
  delay: 10
`,
  check: 'handled',
  run: async ({ args, node, become, variable, environment, check }) => {
    const said =
      variable('ansible_async_dir') ?? environment.ANSIBLE_ASYNC_DIR ?? process.env.ANSIBLE_ASYNC_DIR;
    const dir = typeof said === 'string' ? said : ASYNC_DIR;
    if (check && args.mode === 'cleanup') return { ansible_job_id: args.jid, erased: `${dir}/${args.jid}` };
    const script = args.mode === 'cleanup' ? cleanupScript(dir, args.jid) : statusScript(dir, args.jid);
    return readStatus(args.jid, args.mode, await node.run({ line: script }, become));
  },
});
