"""The results of PyTorch on the real datasets, from the same initial parameters: torch.nn, torch.optim.Adam, float64.

    mkdir /tmp/cases && node tests/ts.mjs tests/reference/realCases.ts /tmp/cases
    python3 tests/reference/real.py /tmp/cases/*.json > tests/reference/real.json

This program shares no code with the page. The cases hold only the page's data, split and initial parameters.
"""
import base64
import json
import sys

import torch

torch.set_default_dtype(torch.float64)
ACTIVATIONS = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid}


def unpack(text, *shape):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32).double().reshape(*shape)


def network(case):
    parts = []
    for k, (ins, outs) in enumerate(zip(case["sizes"], case["sizes"][1:])):
        linear = torch.nn.Linear(ins, outs)
        with torch.no_grad():
            linear.weight.copy_(unpack(case["weights"][k], ins, outs).T)
            linear.bias.copy_(unpack(case["biases"][k], outs))
        parts += [linear, ACTIVATIONS[case["activation"]]()]
    return torch.nn.Sequential(*parts[:-1])


def train(case):
    classes = case["loss"] == "cross-entropy"
    sizes, start = case["sizes"], case["start"]
    x, y = unpack(case["x"], -1, sizes[0]), unpack(case["y"], -1, sizes[-1])
    held_x, held_y = unpack(case["held"]["x"], -1, sizes[0]), unpack(case["held"]["y"], -1, sizes[-1])
    model = network(case)
    measure = torch.nn.CrossEntropyLoss() if classes else torch.nn.MSELoss()
    target = (lambda rows: rows.argmax(1)) if classes else (lambda rows: rows)
    adam = torch.optim.Adam(model.parameters(), lr=start["lr"], betas=(start["beta1"], start["beta2"]), eps=start["eps"])
    at = 0
    for _ in range(case["steps"]):
        rows = slice(at, at + start["batchSize"])
        at = 0 if rows.stop >= len(x) else rows.stop
        adam.zero_grad()
        measure(model(x[rows]), target(y[rows])).backward()
        adam.step()

    def score(inputs, targets):
        with torch.no_grad():
            said = model(inputs)
            accuracy = (said.argmax(1) == targets.argmax(1)).double().mean().item() if classes else None
            return {"rows": len(inputs), "loss": measure(said, target(targets)).item(), "accuracy": accuracy}

    return {"steps": case["steps"], "train": score(x, y), "held": score(held_x, held_y)}


if __name__ == "__main__":
    cases = [json.load(open(path)) for path in sys.argv[1:]]
    print(json.dumps({case["name"]: train(case) for case in cases}, indent=1))
