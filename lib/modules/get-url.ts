import { fileArgs } from './file-attributes.js';
import { download, getUrlArgs } from './http/download.js';
import { httpArgs } from './http/http-args.js';
import { defineModule } from './module.js';

/** Downloads a file onto the node, over a connection that starts there. */
export const getUrl = defineModule({
  name: 'get_url',
  summary: 'Downloads files from HTTP or HTTPS to node',
  args: { ...fileArgs, ...httpArgs, ...getUrlArgs },
  returns: {
    md5sum: 'md5 of what was downloaded',
    mode: 'permissions in octal',
    uid: 'number of the owner',
    gid: 'number of the group',
    owner: 'name of the owner',
    group: 'name of the group',
    size: 'bytes',
    state: 'what is there',
    secontext: 'the SELinux context, where there is one',
    dest: 'the file',
    checksum_src: 'sha1 of what was downloaded',
    checksum_dest: 'sha1 of the file before',
    status_code: 'status code',
    msg: 'OK and the size, or what went wrong',
    url: 'the URL',
    elapsed: 'seconds',
    backup_file: 'the copy that was kept',
  },
  examples: `
- name: The release
  get_url:
    url: https://example.com/ffe-1.2.tar.gz
    dest: /opt/ffe/
    checksum: sha256:https://example.com/SHA256SUMS
    mode: "0644"
`,
  check: 'handled',
  run: (info) => download(info, info.args),
});
