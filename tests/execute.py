"""Runs the code cells of each notebook in its own process and prints exit codes and outputs as JSON.

    python3 execute.py NOTEBOOK.ipynb …     # [{"status": 0, "output": "…"}, …]

The processes are forked after PyTorch is loaded: loading takes longer than running a notebook.
"""
import json
import os
import sys
import tempfile
import traceback

import torch

torch.set_num_threads(1)


def run(path):
    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    names = {"__name__": "__main__"}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile(cell["source"], cell["id"], "exec"), names)


results = []
for path in sys.argv[1:]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            status = 0
            try:
                run(path)
            except BaseException:
                traceback.print_exc()
                status = 1
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        results.append({"status": os.waitstatus_to_exitcode(status), "output": output.read()})
json.dump(results, sys.stdout)
