import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { without } from './program.js';
import { parseInfo } from './redis/info.js';
import { asked, loginArgs, refused, told } from './redis/session.js';

/** Tells about a Redis server. */
export const redisInfo = defineModule({
  name: 'redis_info',
  collection: 'community.general',
  summary: 'Tells what a Redis server says of itself.',
  args: loginArgs,
  returns: { info: 'the fields of INFO by name' },
  examples: `
- name: Is it a replica?
  redis_info:
    login_password: "{{ redis_password }}"
  register: redis
`,
  queries: (a) => ({ now: asked(a, [['INFO']]) }),
  plan: (_, { now }, info) => {
    const absent = without('redis-cli', 'redis-tools', now, info);
    if (absent) return absent;
    const got = told(now, 1);
    if ('failed' in got) return failed(`unable to connect to database: ${got.failed}`);
    const [said] = got.replies;
    if (refused(said!)) return failed(`unable to connect to database: ${said!.trim()}`);
    return ok('the server answered', { info: parseInfo(said!) });
  },
});
