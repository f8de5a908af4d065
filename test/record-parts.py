"""Records what parts of Ansible itself answer: /usr/bin/python3 test/record-parts.py, with core 2.14 installed."""
import itertools
import json
import os
import sys
import tempfile

from ansible import constants, context
from ansible.cli.playbook import PlaybookCLI
from ansible.executor.playbook_executor import PlaybookExecutor
from ansible.module_utils.common.collections import ImmutableDict
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.playbook.task import Task
from ansible.plugins.callback import CallbackBase
from ansible.plugins.inventory import expand_hostname_range
from ansible.utils.vars import load_extra_vars

os.chdir(os.path.dirname(os.path.abspath(__file__)))
constants.ANSIBLE_NOCOLOR = True


def write(path, cases):
    with open(path, 'w') as file:
        json.dump(cases, file, indent=1, ensure_ascii=False)
        file.write('\n')


def vault():
    texts = ['hello', '', 'multi\nline\n\u00e9\u20ac\n', 'x' * 64, 'key: value\nlist: [1, 2]\n', ' edges \t\n', '\u0001\u007f']
    for text, (label, password) in itertools.product(texts, [(None, 'p\u00e4ss'), ('prod', 'other'), ('dev', 'a b\tc')]):
        secrets = [(label or 'default', VaultSecret(password.encode()))]
        sealed = VaultLib(secrets).encrypt(text, vault_id=label).decode()
        yield {'text': text, 'id': label or 'default', 'password': password, 'sealed': sealed.splitlines()}


def tags():
    owns = [[], ['a'], ['b'], ['a', 'b'], ['always'], ['never'], ['a', 'always'], ['a', 'never'], ['always', 'never'], ['untagged']]
    onlys = [[], ['all'], ['a'], ['b', 'c'], ['tagged'], ['untagged'], ['never'], ['always'], ['all', 'never'], ['a', 'untagged']]
    skips = [[], ['a'], ['all'], ['tagged'], ['untagged'], ['always'], ['never'], ['all', 'always'], ['a', 'tagged']]
    for only, skip in itertools.product(onlys, skips):
        runs = []
        for own in owns:
            task = Task()
            task.tags = list(own)
            if task.evaluate_tags(list(only) or ['all'], list(skip), {}):
                runs.append(' '.join(own))
        yield {'tags': only, 'skip': skip, 'runs': runs}


def diffs():
    many = [f'line {n}' for n in range(1, 31)]
    text = lambda lines: ''.join(line + '\n' for line in lines)
    changed = lambda at: text(many[:at] + ['changed'] + many[at + 1:])
    pairs = [
        ('', 'a\n'), ('a\n', ''), ('a\n', 'b\n'), ('a\nb\nc\n', 'a\nc\n'), ('a\nc\n', 'a\nb\nc\n'), ('a\n', 'a\n'), ('', ''),
        ('\n', ''), ('', '\n\n'), ('a\n\nb\n', 'a\nb\n'), ('\tx\n', '    x\n'), ('\u00e4\n', '\u00f6\n'),
        ({'mode': '0644'}, {'mode': '0600'}), ({'a': [1, 2], 'b': {}}, {'a': [1], 'b': {}}), ({'path': '/x', 'state': 'absent'}, {'path': '/x', 'state': 'file'}),
        *[(text(many), changed(at)) for at in (0, 1, 3, 4, 15, 26, 28, 29)],
        (text(many), text(many[:5] + many[7:])), (text(many), text(many[5:])), (text(many), text(many[:-5])),
        (text(many), text(['new'] + many)), (text(many), text(many + ['new'])), (text(many), text(many[:10] + ['p', 'q'] + many[10:])),
        (text(many), text(['x'] + many[1:14] + ['y'] + many[15:])),
    ]
    for (before, after), headers in itertools.product(pairs, [{}, {'before_header': '/etc/x', 'after_header': '/etc/x (content)'}]):
        diff = {'before': before, 'after': after, **headers}
        yield {'diff': diff, 'text': CallbackBase()._get_diff(dict(diff)).split('\n')}


def serials():
    class Play:
        def __init__(self, serial):
            self.serial = serial
            self.name = 'p'

    class Executor(PlaybookExecutor):
        def __init__(self, hosts):
            self._inventory = type('I', (), {'get_hosts': lambda *_, **__: list(hosts)})()

    entries = [[1], [2], [3], ['50%'], ['30%'], ['1%'], ['100%'], [1, 2], [1, '50%'], ['10%', '20%', 3], [0], [1, 0], [20], [2, 1]]
    for serial, count in itertools.product(entries, [1, 2, 5, 7, 10]):
        play = Play(serial)
        play.hosts, play.order = 'all', None
        batches = Executor([f'h{n}' for n in range(count)])._get_serialized_batches(play)
        yield {'serial': serial, 'hosts': count, 'sizes': [len(batch) for batch in batches]}


def extra():
    given = [
        ['a=1'], ['a=1 b=2'], ['a="x y" b=z'], ["a='x y'"], ['a=1', 'a=2'], ['{"a": 1, "b": [true, null]}'], ['{a: 1, b: yes}'],
        ['[]'], ['a=b=c'], ['a='], ['a="" b=x'], [' a=1 '], ['{"a": {"b": 1}}', '{"a": {"c": 2}}'], ['a={{ b }} b=2'], ['a=\u00e4'],
        ['a=true'], ['a=0644'], ['path=/x/y:z'], ['a=1,2'], ['a=x#y'], ['{a: 0o17, b: 1.5, c: "1"}'], ['a="q \\"r\\""'],
        ['{"a": "x\\ny"}'], ['a=1', '{"b": 2}', 'c=3'], [''], ['{}'],
    ]
    for args in given:
        load_extra_vars.__dict__.pop('extra_vars', None)
        context.CLIARGS = ImmutableDict(extra_vars=tuple(args))
        try:
            yield {'args': args, 'vars': json.loads(json.dumps(load_extra_vars(DataLoader())))}
        except Exception:
            yield {'args': args, 'error': True}


def patterns():
    manager = InventoryManager(DataLoader(), sources=['inventory/patterns.ini'])
    single = ['all', '*', 'web', 'db', 'web1', 'web*', '*1', 'prod', 'staging', 'ungrouped', 'nosuch', '~web[12]$', '~^(db|lb)', 'web[0]', 'web[-1]', 'web[0:1]',
              'web[1:]', 'web[0-1]', 'prod[0]', 'prod[-2:]', 'all[2]', 'w?b1', '[wd]*1', 'lone', 'eu:children', '10.0.0.*', 'web[9]', 'web[1:9]', 'Web', 'db.example.org']
    modified = [f'{mark}{name}' for mark in '!&' for name in ('web', 'db', 'prod', 'web1', 'nosuch', '~1$', 'web[0]', '*')]
    for pattern in single + modified:
        yield ask(manager, pattern)
    for first, second in itertools.product(['all', 'web', 'prod', 'web1', 'db'], modified):
        yield ask(manager, f'{first}:{second}')
    for parts in [('web', 'db', '!prod'), ('!web1', 'web'), ('&prod', 'web'), ('all', '&prod', '!db'), ('db', 'web'), ('web2', 'web1'), ('web', '&prod', '&staging')]:
        for glue in ',:':
            yield ask(manager, glue.join(parts))


def ask(manager, pattern):
    try:
        return {'pattern': pattern, 'hosts': [host.name for host in manager.get_hosts(pattern)]}
    except Exception:
        return {'pattern': pattern, 'error': True}


def ranges():
    for text in ['web[1:3]', 'web[01:03]', 'web[001:003].x', '[a:c]', '[A:C]x', 'h[1:7:2]', 'h[1:2]-[a:b]', 'h[0:0]', 'h[:2]', 'h[08:11]', 'db-[x:z].example.org',
                 'n[1:2][1:2]', 'h[a:e:2]', 'h[9:11]', 'h[3:1]', 'h[c:a]', 'h[1:]', 'h[1:3:x]', 'h[01:100]', 'h[01:003]', 'r[00:03]n[0:1]']:
        try:
            yield {'range': text, 'names': expand_hostname_range(text)}
        except Exception:
            yield {'range': text, 'error': True}


def options():
    cli = PlaybookCLI(['ansible-playbook', 'x.yml'])
    cli.init_parser()
    for action in cli.parser._actions:
        if action.option_strings:
            names = sorted(name[2:] for name in action.option_strings if name.startswith('--'))
            short = [name[1:] for name in action.option_strings if not name.startswith('--')]
            yield {'names': names, 'short': short, 'value': action.nargs != 0}


def command_lines():
    lines = ['x.yml', '-C x.yml', '-CD x.yml', '--check --diff x.yml y.yml', '-vvv x.yml', '-v -v x.yml', '-vvC x.yml', '-i a -i b x.yml', '-ia x.yml', '--inventory=a x.yml',
             '--inventory-file a x.yml', '-l web x.yml', '--limit=web:!db x.yml', '--subset web x.yml', '-t a,b x.yml', '-t a -t b x.yml', '--tags a --skip-tags b,c x.yml',
             '-e a=1 x.yml', '-e a=1 -e b=2 x.yml', '-f 7 x.yml', '--forks=7 x.yml', '-f7 x.yml', '-b x.yml', '-b --become-user u --become-method su x.yml', '-u me x.yml',
             '--private-key k x.yml', '--key-file k x.yml', '-c local x.yml', '-T 3 x.yml', '--start-at-task t x.yml', '--step x.yml', '--syntax-check x.yml', '--list-hosts x.yml',
             '--list-tasks x.yml', '--list-tags x.yml', '--force-handlers x.yml', '--flush-cache x.yml', '-M a:b x.yml', '--ssh-common-args=-ox=y x.yml', '--ssh-extra-args=-v x.yml',
             'x.yml -C', 'x.yml -i a y.yml', '--vault-id a@b x.yml', '--vault-password-file p x.yml', '--vault-pass-file p x.yml', '--vault-id a@b --vault-id c@d x.yml',
             '--inv a x.yml', '--che x.yml', '--start t x.yml', '--nosuch x.yml', '-C -- x.yml', '--lim web x.yml', '--forks x x.yml', '--list x.yml', '--become-user', '-i', '--check=1 x.yml']
    kept = ['args', 'inventory', 'subset', 'verbosity', 'check', 'diff', 'forks', 'tags', 'skip_tags', 'extra_vars', 'become', 'become_method', 'become_user', 'remote_user', 'private_key_file',
            'connection', 'timeout', 'start_at_task', 'step', 'syntax', 'listhosts', 'listtasks', 'listtags', 'force_handlers', 'flush_cache', 'ssh_common_args', 'ssh_extra_args', 'vault_ids']
    for line in lines:
        cli = PlaybookCLI(['ansible-playbook'] + line.split())
        cli.init_parser()
        names = vars(cli.parser.parse_args(['x']))
        try:
            given = vars(cli.parser.parse_args(line.split()))
        except SystemExit:
            yield {'line': line, 'error': True}
            continue
        if given['private_key_file']:  # a whole path by now, which would name this machine's folders
            given['private_key_file'] = os.path.basename(given['private_key_file'])
        yield {'line': line, 'given': {name: given[name] for name in kept if given[name] != names[name] or name == 'args'}}


def dumps():
    values = [None, True, False, 0, -1, 1.5, '', 'x', '\u00e4\u20ac', 'a"b\\c', 'tab\tnew\nline', '\u0001\u001f', '</script>', [], {}, [1], [[], {}], {'b': 1, 'a': [1, 2, {'z': None}]},
              {'B': 1, 'a': 2, '_': 3, '1': 4}, [None, True, 'x', 1.25, {'k': []}], {'a': {'b': {'c': {}}}}, {'\u00e4': '\U0001f600'}, {'': ''}, 123456789012, '\\', "it's"]
    for value, indent in itertools.product(values, [None, 4]):
        text = json.dumps(value, indent=indent, sort_keys=True, ensure_ascii=False)
        yield {'value': value, 'indent': indent, 'text': text.split('\n')}


for path, cases in {
    'secrets/vault.recorded.json': vault, 'engine/parts/tags.recorded.json': tags, 'report/diff.recorded.json': diffs,
    'engine/parts/serial.recorded.json': serials, 'cli/extra-vars.recorded.json': extra,
    'inventory/patterns.recorded.json': patterns, 'inventory/ranges.recorded.json': ranges, 'cli/options.recorded.json': options,
    'cli/command-lines.recorded.json': command_lines, 'report/dump.recorded.json': dumps,
}.items():
    write(path, list(cases()))
