"""Renders the work of bench-templates.ts with Ansible's Templar and with plain Jinja2, timed inside this process.

In: one JSON object {inventory, hosts, hostsTemplate, expressions, vars, config, rounds}.
Out: one JSON object {program: {measure: [seconds, sha256 of what came out]}}.
"""
import hashlib
import json
import sys
import time

import jinja2
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.vars.hostvars import HostVars
from ansible.vars.manager import VariableManager


def timed(work):
    start = time.perf_counter()
    result = work()
    return [time.perf_counter() - start, hashlib.sha256('\n'.join(text.rstrip('\n') for text in result).encode()).hexdigest()]


def by_ansible(job):
    loader = DataLoader()
    inventory = InventoryManager(loader=loader, sources=[job['inventory']])
    manager = VariableManager(loader=loader, inventory=inventory)
    hostvars = HostVars(inventory=inventory, variable_manager=manager, loader=loader)
    scope = {'hostvars': hostvars, 'groups': inventory.get_groups_dict()}

    def text(source, variables):
        return Templar(loader=loader, variables=variables).do_template(source, escape_backslashes=False)

    templar = Templar(loader=loader, variables=job['vars'])
    return {
        'hosts file': timed(lambda: [text(job['hostsTemplate'], scope)]),
        'expressions': timed(lambda: [str(templar.template(e)) for e in job['expressions']]),
        'config file': timed(lambda: [text(job['config'], job['vars']) for _ in range(job['rounds'])]),
    }


def by_jinja2(job):
    env = jinja2.Environment(trim_blocks=True, undefined=jinja2.StrictUndefined)
    hosts = {'hostvars': job['hosts'], 'groups': {'all': list(job['hosts'])}}
    return {
        'hosts file': timed(lambda: [env.from_string(job['hostsTemplate']).render(hosts)]),
        'expressions': timed(lambda: [env.from_string(e).render(job['vars']) for e in job['expressions']]),
        'config file': timed(
            lambda: [env.from_string(job['config']).render(job['vars']) for _ in range(job['rounds'])]),
    }


JOB = json.load(sys.stdin)
print(json.dumps({"Ansible's Templar": by_ansible(JOB), 'python3-jinja2': by_jinja2(JOB)}))
