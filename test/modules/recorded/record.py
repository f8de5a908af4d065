"""Runs cases by Ansible's own modules, each call in a process of its own that is forked from this one.

Standard input: a JSON list of {name, dir, module, args, setup}; standard output: {name: {check, run, again}}.
"""

import importlib
import json
import os
import subprocess
import sys

from ansible.module_utils import basic

PLACES = {
    "ini_file": "ansible_collections.community.general.plugins.modules",
    "mount": "ansible_collections.ansible.posix.plugins.modules",
    "sysctl": "ansible_collections.ansible.posix.plugins.modules",
    "authorized_key": "ansible_collections.ansible.posix.plugins.modules",
}


def main_of(module):
    place = PLACES.get(module, "ansible.modules")
    return importlib.import_module(f"{place}.{module}").main


def child(module, args, check, out):
    known = {"check_mode": check, "diff": True, "no_log": False, "remote_tmp": "/tmp", "verbosity": 0}
    known |= {"debug": False, "keep_remote_files": False, "socket": None, "tmpdir": None}
    known |= {"module_name": module, "version": "2.14", "syslog_facility": "LOG_USER", "string_conversion_action": "warn"}
    known |= {"shell_executable": "/bin/sh", "selinux_special_fs": []}
    given = args | {f"_ansible_{name}": value for name, value in known.items()}
    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": given}).encode()
    sys.argv = [module]
    os.dup2(out, 1)
    os.dup2(os.open("/dev/null", os.O_RDWR), 0)
    try:
        main_of(module)()
    except SystemExit:
        pass
    finally:
        sys.stdout.flush()


def call(module, args, check):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            child(module, args, check, writer)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(text[text.index("{"):]) if "{" in text else {"failed": True, "msg": "a traceback"}


def record(item):
    module, args = item["module"], item["args"]
    importlib.import_module(f"{PLACES.get(module, 'ansible.modules')}.{module}")
    if item["setup"]:
        subprocess.run(["sh", "-ec", item["setup"]], cwd=item["dir"], check=True, stdout=subprocess.DEVNULL)
    os.chdir("/")
    return {"check": call(module, args, True), "run": call(module, args, False), "again": call(module, args, False)}


json.dump({item["name"]: record(item) for item in json.load(sys.stdin)}, sys.stdout)
