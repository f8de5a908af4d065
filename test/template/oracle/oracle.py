"""Renders cases with ansible-core's own Templar: JSON lines in, JSON lines out.

In:  {id, kind: value|cond|template, source, vars, files?, opts?}
Out: {id, text: repr of the result} or {id, error: kind of the exception}
"""
import json
import os
import sys
import tempfile

from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.conditional import Conditional
from ansible.template import AnsibleEnvironment, Templar

OPTIONS = ('trim_blocks', 'lstrip_blocks', 'newline_sequence', 'block_start_string', 'block_end_string',
           'variable_start_string', 'variable_end_string', 'comment_start_string', 'comment_end_string')


def plain(value):
    """The result without Ansible's subclasses of text, lists and dicts."""
    if isinstance(value, bool) or value is None or isinstance(value, (int, float, complex)):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return bytes(value)
    if isinstance(value, dict):
        return {plain(k): plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, tuple):
        return tuple(plain(v) for v in value)
    return value


def template_file(templar, case, folder):
    opts = case.get('opts') or {}
    env = {name: opts[name] for name in OPTIONS if name in opts}
    env.setdefault('trim_blocks', True)
    env.setdefault('lstrip_blocks', False)
    other = templar.copy_with_new_env(environment_class=AnsibleEnvironment, searchpath=[folder],
                                      available_variables=templar.available_variables, **env)
    return other.do_template(case['source'], preserve_trailing_newlines=True, escape_backslashes=False)


def run(case):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (case.get('files') or {}).items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', newline='') as handle:
                handle.write(text)
        loader = DataLoader()
        loader.set_basedir(folder)
        variables = dict(case.get('vars') or {})
        variables['vars'] = dict(variables)
        templar = Templar(loader=loader, variables=variables)
        templar.environment.loader.searchpath = [folder]
        if case['kind'] == 'template':
            return template_file(templar, case, folder)
        if case['kind'] == 'value':
            return templar.template(case['source'])
        conditional = Conditional(loader=loader)
        conditional.when = [case['source']]
        return bool(conditional.evaluate_conditional(templar, variables))


def main():
    out = os.fdopen(os.dup(1), 'w')
    os.dup2(2, 1)
    for line in sys.stdin:
        case = json.loads(line)
        try:
            answer = {'id': case['id'], 'text': repr(plain(run(case)))}
        except (AnsibleError, Exception) as error:  # whatever it is, the case ends in an error
            answer = {'id': case['id'], 'error': '%s: %s' % (type(error).__name__, str(error)[:300])}
        out.write(json.dumps(answer) + '\n')
        out.flush()


main()
