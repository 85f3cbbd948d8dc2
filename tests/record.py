"""Records runs with alphascope.py and prints them, with independent measurements, as JSON.

    python3 record.py RUN.json     # a run file of the page, whose run is recorded too

"page" is the run file recorded from the case of RUN.json. "convolution" and "attention" each have the recorded run file, the
same columns by finite differences ("expected"), and whether training with and without Alphascope gives equal bits ("equal").
"""
import json
import pathlib
import sys

import torch
from torch import nn

root = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(root / "reference"), str(root.parent / "src/export/python")]
from alphascope import Alphascope  # noqa: E402
from reference import unpack  # noqa: E402

torch.set_num_threads(1)
STEPS = 6


def page(case):
    """The run of a case: layers of nn.Linear with ReLU between, squared error, Adam, rows in order."""
    rows, sizes = case["rows"], case["sizes"]
    x, y = unpack(case["x"], rows, sizes[0]), unpack(case["y"], rows, sizes[-1])
    model = nn.Sequential()
    for layer, (a, b) in enumerate(zip(sizes, sizes[1:])):
        if layer > 0:
            model.add_module(f"relu{layer}", nn.ReLU())
        linear = nn.Linear(a, b).double()
        linear.weight.data.copy_(unpack(case["weights"][layer], a, b).T)
        linear.bias.data.copy_(unpack(case["biases"][layer], b))
        model.add_module(f"fc{layer + 1}", linear)
    start = case["start"]
    optimizer = torch.optim.Adam(model.parameters(), lr=start["lr"], betas=(start["beta1"], start["beta2"]), eps=start["eps"])
    scope = Alphascope(model, optimizer, lambda model, batch: nn.functional.mse_loss(model(batch[0]), batch[1]), rows=rows)
    at = 0
    for _ in range(case["steps"] + 1):  # one more step judges the last one
        scope.step((x[at : at + start["batchSize"]], y[at : at + start["batchSize"]]))
        at = at + start["batchSize"] if at + start["batchSize"] < rows else 0
    return scope.run_file()


class Block(nn.Module):
    """A transformer block that predicts the next of eleven tokens."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(11, 8)
        self.block = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
        self.head = nn.Linear(8, 11)

    def forward(self, tokens):
        return self.head(self.block(self.embed(tokens)))


def convolution():
    torch.manual_seed(1)
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.Tanh(), nn.Dropout(0.2), nn.Conv2d(4, 3, 3), nn.Tanh(), nn.Flatten(), nn.Linear(48, 5)
    ).double()
    batches = [{"image": torch.randn(6, 1, 8, 8).double(), "label": torch.randint(5, (6,))} for _ in range(STEPS)]
    loss_fn = lambda model, batch: nn.functional.cross_entropy(model(batch["image"]), batch["label"])
    return model, torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9), loss_fn, batches


def attention():
    torch.manual_seed(2)
    model = Block().double()
    batches = [torch.randint(11, (5, 7)) for _ in range(STEPS)]
    loss_fn = lambda model, batch: nn.functional.cross_entropy(model(batch[:, :-1]).transpose(1, 2), batch[:, 1:])
    groups = [{"params": model.head.parameters(), "lr": 0.003}, {"params": [*model.embed.parameters(), *model.block.parameters()]}]
    return model, torch.optim.AdamW(groups, lr=0.01, weight_decay=0.1), loss_fn, batches


def state_of(model):
    return [t.clone() for t in [*model.parameters(), *model.buffers()]]


def set_state(model, state):
    with torch.no_grad():
        for t, value in zip([*model.parameters(), *model.buffers()], state):
            t.copy_(value)


def train(made, take):
    """Trains and returns for each step the random numbers and the state before it; last those after the run."""
    model, _, _, batches = made
    states = []
    for batch in batches:
        states.append((torch.get_rng_state(), state_of(model)))
        take(batch)
    return states + [(torch.get_rng_state(), state_of(model))]


def plain_step(made):
    model, optimizer, loss_fn, _ = made

    def take(batch):
        optimizer.zero_grad()
        loss_fn(model, batch).backward()
        optimizer.step()

    return take


def differences(h, e=1e-3):
    """h(0), h'(0) and h''(0) by central differences of fourth order."""
    a, b, c, d, f = (h(k * e) for k in (-2, -1, 0, 1, 2))
    return c, (8 * (d - b) - (f - a)) / (12 * e), (16 * (b + d) - (a + f) - 30 * c) / (12 * e * e)


def expected(made, states):
    """loss, slope and curvature of each step on its minibatch and on the next one, and the loss after the step."""
    model, optimizer, loss_fn, batches = made
    parameters = len(list(model.parameters()))
    lr = optimizer.param_groups[0]["lr"]
    rows = []
    for t, ((numbers, before), (_, after)) in enumerate(zip(states, states[1:])):
        def h(alpha, batch):
            moved = [p + alpha * (q - p) / lr for p, q in zip(before[:parameters], after)]
            set_state(model, moved + before[parameters:])
            torch.set_rng_state(numbers)
            with torch.no_grad():
                return loss_fn(model, batch).item()

        row = dict(zip(["loss", "slope", "curvature"], differences(lambda alpha: h(alpha, batches[t]))))
        row["lossAfter"] = h(lr, batches[t])
        if t + 1 < len(batches):
            row["nextSlope"], row["nextCurvature"] = differences(lambda alpha: h(alpha, batches[t + 1]))[1:]
        rows.append(row)
    return rows


def variance(made, before, batch):
    """The trace of the covariance of the gradients of single rows."""
    model, _, loss_fn, _ = made
    set_state(model, before)
    gradients = []
    for row in batch:
        model.zero_grad()
        loss_fn(model, row[None]).backward()
        gradients.append(torch.cat([p.grad.flatten() for p in model.parameters()]))
    return torch.stack(gradients).var(0).sum().item()


def compared(make):
    made = make()
    plain = train(made, plain_step(made))
    model, optimizer, loss_fn, batches = make()
    scope = Alphascope(model, optimizer, loss_fn)
    measured = train((model, optimizer, loss_fn, batches), scope.step)
    equal = all(
        torch.equal(numbers, others) and all(torch.equal(p, q) for p, q in zip(state, own))
        for (numbers, state), (others, own) in zip(plain, measured)
    )
    return {"file": scope.run_file(), "equal": equal, "expected": expected(made, plain)}, made, plain


with open(sys.argv[1], encoding="utf-8") as file:
    run = json.load(file)
convolved = compared(convolution)[0]
attended, made, states = compared(attention)
attended["variances"] = [variance(made, states[t][1], batch) for t, batch in enumerate(made[3])]
json.dump({"page": page(run["case"]), "convolution": convolved, "attention": attended}, sys.stdout)
