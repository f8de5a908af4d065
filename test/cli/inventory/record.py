"""Records what ansible-inventory prints for the command lines of cases.recorded.json, beside which this stands."""

import json
import os
import subprocess

os.chdir(os.path.dirname(os.path.abspath(__file__)))
with open("cases.recorded.json") as file:
    cases = json.load(file)
for case in cases:
    done = subprocess.run(["ansible-inventory", *case["args"]], capture_output=True, text=True)
    case["code"] = done.returncode
    case["out"] = done.stdout if done.returncode == 0 else ""
with open("cases.recorded.json", "w") as file:
    json.dump(cases, file, indent=2)
    file.write("\n")
