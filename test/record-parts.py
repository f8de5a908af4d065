"""Records what parts of Ansible itself answer: /usr/bin/python3 test/record-parts.py, with core 2.14 installed."""
import itertools
import json
import os
import sys
import tempfile

from ansible import constants, context
from ansible.executor.playbook_executor import PlaybookExecutor
from ansible.module_utils.common.collections import ImmutableDict
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.playbook.task import Task
from ansible.plugins.callback import CallbackBase
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


for path, cases in {
    'secrets/vault.recorded.json': vault, 'engine/parts/tags.recorded.json': tags, 'report/diff.recorded.json': diffs,
    'engine/parts/serial.recorded.json': serials, 'cli/extra-vars.recorded.json': extra,
}.items():
    try:
        write(path, list(cases()))
    except Exception as error:
        import traceback; traceback.print_exc()
