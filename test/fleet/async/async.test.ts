import * as assert from 'uvu/assert';
import { playOf, recapOf, runPlays, when } from '../faults/play.js';
import { fleetSuite, onNode } from '../fleet.js';

const test = fleetSuite('asynchronous tasks over ssh', { nodes: 2 });

/** A task that waits until a job of the task registered as `from` has ended. */
function collect(from: string, more: object = {}): object {
  return {
    name: `collect ${from}`,
    async_status: { jid: `{{ ${from}.ansible_job_id }}` },
    register: 'job',
    until: 'job is finished',
    retries: 60,
    delay: 1,
    ...more,
  };
}

const holds = (...that: string[]) => ({ assert: { that } });

test('poll 0 and poll N, as another user', async ({ lab }) => {
  const user = { become: true, become_user: 'nobody' };
  const dir = { vars: { ansible_async_dir: '/tmp/jobs-of-nobody' } };
  const tasks = [
    { name: 'waited for', command: 'id -un', async: 30, poll: 1, register: 'waited', ...user, ...dir },
    holds("waited.stdout == 'nobody'", 'waited.finished == 1', 'waited is changed'),
    {
      name: 'left alone',
      shell: 'sleep 1; id -un; exit 3',
      async: 30,
      poll: 0,
      register: 'left',
      ...user,
      ...dir,
    },
    holds('left is not finished', 'left is started', "left.results_file is search('/jobs-of-nobody/')"),
    collect('left', { ...user, ...dir, failed_when: 'job.rc | default(0) not in [0, 3]' }),
    holds('job.rc == 3', "job.stdout == 'nobody'"),
    { async_status: { jid: '{{ left.ansible_job_id }}', mode: 'cleanup' }, ...user, ...dir },
    { stat: { path: '{{ left.results_file }}' }, register: 'file' },
    holds('not file.stat.exists'),
  ];
  const ended = await runPlays(lab, { plays: [playOf(tasks)] });
  assert.is(ended.code, 0, ended.stdout + ended.stderr);
});

test('jobs of a loop run beside each other and are collected; strategy free', async ({ lab }) => {
  const tasks = [
    { command: 'sleep 2', async: 60, poll: 0, loop: [1, 2, 3, 4], register: 'jobs' },
    collect('item', {
      async_status: { jid: '{{ item.ansible_job_id }}' },
      loop: '{{ jobs.results }}',
      loop_control: { label: '{{ item.item }}' },
    }),
    holds('job.results | length == 4', "job.results | map(attribute='rc') | unique == [0]"),
    { command: 'sleep 1', async: 30, poll: 1, register: 'one' },
    holds('one.rc == 0'),
  ];
  const ended = await runPlays(lab, { plays: [playOf(tasks, { strategy: 'free' })] });
  assert.is(ended.code, 0, ended.stdout + ended.stderr);
  assert.is(ended.stdout.match(/^changed: .*item=[1-4]/gm)?.length, 16, ended.stdout);
});

test('a connection that is killed while a job is waited for', async ({ lab }) => {
  const cut = when(
    'ASYNC POLL on n1',
    () => void onNode(lab, 'n1', 'pkill -9 -x sshd -P "$(cat /run/sshd.pid)"').catch(() => ''),
  );
  const job = { shell: 'sleep 5; echo still here', async: 60, poll: 1, register: 'job' };
  const ended = await runPlays(lab, {
    plays: [playOf([job, holds("job.stdout == 'still here'")])],
    onOutput: cut,
  });
  assert.is(ended.code, 0, ended.stdout + ended.stderr);
  assert.is(recapOf(ended, 'n1'), 'ok=2 changed=1 unreachable=0 failed=0');
});

test('a controller that is killed: the job goes on, and another run collects it', async ({ lab }) => {
  const start = [
    { shell: 'sleep 3; echo done > /root/job-done; echo out', async: 60, poll: 0, register: 'job' },
    { copy: { content: '{{ job.ansible_job_id }}', dest: '/root/jid' } },
    { name: 'hang', command: 'sleep 60' },
  ];
  const kill = when('TASK [hang]', (pid) => process.kill(pid, 'SIGKILL'));
  const killed = await runPlays(lab, { plays: [playOf(start, { hosts: 'n1' })], onOutput: kill });
  assert.is(killed.code, null, killed.stdout);
  const find = [
    { slurp: { src: '/root/jid' }, register: 'jid' },
    collect('jid', { async_status: { jid: '{{ jid.content | b64decode }}' } }),
    holds("job.stdout == 'out'", 'job.rc == 0'),
  ];
  const found = await runPlays(lab, { plays: [playOf(find, { hosts: 'n1' })] });
  assert.is(found.code, 0, found.stdout + found.stderr);
  assert.is(await onNode(lab, 'n1', 'cat /root/job-done'), 'done\n');
});

test('time limits: of the job, and of the task that waits', async ({ lab }) => {
  const tasks = [
    { name: 'job', command: 'sleep 50', async: 2, poll: 1, register: 'late', ignore_errors: true },
    holds('late is failed', "late.msg is search('did not complete within|Timeout exceeded')"),
    {
      name: 'task',
      command: 'sleep 50',
      async: 30,
      poll: 1,
      timeout: 2,
      register: 'cut',
      ignore_errors: true,
    },
    holds('cut is failed', "cut.msg is search('expected time frame')"),
  ];
  const ended = await runPlays(lab, { plays: [playOf(tasks, { hosts: 'n1' })] });
  assert.is(ended.code, 0, ended.stdout + ended.stderr);
});

test('modules that plan, and modules of several steps', async ({ lab }) => {
  const tasks = [
    { apt: { name: 'hello', state: 'absent' }, async: 120, poll: 1, register: 'nothing' },
    holds('nothing is not changed', 'nothing.finished == 1'),
    {
      file: { path: '/root/folder', state: 'directory', mode: '0700' },
      async: 30,
      poll: 0,
      register: 'made',
    },
    collect('made'),
    holds('job is changed', 'job.finished == 1'),
    { stat: { path: '/root/folder' }, register: 'folder' },
    holds('folder.stat.isdir', "folder.stat.mode == '0700'"),
    { wait_for: { port: 22, timeout: 20 }, async: 30, poll: 0, register: 'got' },
    collect('got'),
    holds('job is not failed', 'job.finished == 1', "job.state == 'started'"),
    { copy: { content: 'x', dest: '/root/x' }, async: 30, poll: 0, register: 'copied', ignore_errors: true },
    holds("copied.msg is search('async is not supported for this task')"),
    { name: 'one job', command: 'true', async: 30, poll: 0 },
  ];
  const ended = await runPlays(lab, { plays: [playOf(tasks, { hosts: 'n2' })] });
  assert.is(ended.code, 0, ended.stdout + ended.stderr);
});

test.run();
