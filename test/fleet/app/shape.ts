/** What Docker's engine needs of Debian and nodes need not fetch in each test. */
export const ENGINE = [
  'adduser',
  'iptables',
  'libdevmapper1.02.1',
  'containerd',
  'runc',
  'tini',
  'ca-certificates',
];

/** The key by which the agent of the stand-in is started; no output may show it. */
export const KEY = 'correct-horse-key';

/** What the role ffe is told of the stand-in for the application. */
export const STANDIN = {
  ffe_image: 'standin',
  ffe_version: '1',
  ffe_migrate_command: 'echo $VERSION >> data/migrations.log',
  ffe_secrets: { FINANCE_FEEDBACK_API_KEY: KEY },
  ffe_environment: { COLOUR: 'blue' },
  ffe_ready_seconds: 15,
};

/** The folder of the stand-in's data on a node. */
export const DATA = '/mnt/ffe-data/docker-volumes/ffe-data';
