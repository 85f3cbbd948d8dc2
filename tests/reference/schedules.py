#!/usr/bin/env python3
"""The learning rates that PyTorch and optax document, in float64, at every step of some schedules.

    python3 schedules.py > schedules.json     # needs Python only

The formulas are those of the documentation and of the sources: `_get_closed_form_lr` of LinearLR, CosineAnnealingLR and StepLR in
torch/optim/lr_scheduler.py (2.3), SequentialLR, ConstantLR, OneCycleLR, CyclicLR and LambdaLR in the same file, and linear_schedule, cosine_decay_schedule, join_schedules and
warmup_cosine_decay_schedule in optax/schedules/_schedule.py (0.2). With PyTorch installed, the script also steps PyTorch's own
schedulers, and fails where they differ by more than the rounding errors of their recursions.
"""
import json
import math
from fractions import Fraction

try:
    import torch
except ImportError:
    torch = None

AFTER = 5  # steps after the schedule


def linear_lr(base_lr, start_factor, end_factor, total_iters):
    return lambda t: base_lr * (start_factor + (end_factor - start_factor) * min(total_iters, t) / total_iters)


def cosine_annealing_lr(base_lr, eta_min, t_max):
    """PyTorch goes up again after T_max; a schedule of the page stays."""
    return lambda t: eta_min + (base_lr - eta_min) * (1 + math.cos(math.pi * min(t, t_max) / t_max)) / 2


def step_lr(base_lr, gamma, step_size, length):
    """PyTorch's StepLR has no end; a schedule of the page stays after its length."""
    return lambda t: base_lr * gamma ** (min(t, length) // step_size)


def sequential_lr(first, second, milestone):
    return lambda t: first(t) if t < milestone else second(t - milestone)


def constant_lr(base_lr):
    return lambda t: base_lr


def one_minus_root_lr(base_lr, end, length, power):
    """The decay of arXiv 2405.18392, base_lr·(1 − √(t/T)) where end = 0 and power = 0.5; linear where power = 1."""
    return lambda t: base_lr + (end - base_lr) * (min(t, length) / length) ** power


def one_cycle_lr(max_lr, total_steps, pct_start, div_factor, final_div_factor):
    """anneal_strategy="cos", cycle_momentum=False; PyTorch raises an error after total_steps, a schedule of the page stays."""
    initial_lr = max_lr / div_factor
    min_lr = initial_lr / final_div_factor
    peak = round(pct_start * total_steps - 1, 9)

    def anneal(start, end, share):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * share))

    def rate(t):
        t = min(t, total_steps - 1)
        return anneal(initial_lr, max_lr, t / peak) if t <= peak else anneal(max_lr, min_lr, (t - peak) / (total_steps - 1 - peak))

    return rate


def cyclic_lr(base_lr, max_lr, step_size_up, step_size_down, gamma, length):
    """cycle_momentum=False, scale_fn = gamma ** (cycle − 1): mode triangular for 1, triangular2 for 0.5. The shares are exact fractions."""
    total = step_size_up + step_size_down
    ratio = Fraction(step_size_up, total)

    def rate(t):
        t = min(t, length)
        cycle = 1 + t // total
        x = 1 + Fraction(t, total) - cycle
        scale = x / ratio if x <= ratio else (x - 1) / (ratio - 1)
        return base_lr + (max_lr - base_lr) * float(scale) * gamma ** (cycle - 1)

    return rate


def warmup_cosine_decay_schedule(init_value, peak_value, warmup_steps, decay_steps, end_value):
    def linear_schedule(t):
        fraction = 1 - min(max(t, 0), warmup_steps) / warmup_steps
        return (init_value - peak_value) * fraction + peak_value

    def cosine_decay_schedule(t):
        steps = decay_steps - warmup_steps
        alpha = 0.0 if peak_value == 0.0 else end_value / peak_value
        cosine = 0.5 * (1 + math.cos(math.pi * min(t, steps) / steps))
        return peak_value * ((1 - alpha) * cosine + alpha)

    return lambda t: linear_schedule(t) if t < warmup_steps else cosine_decay_schedule(t - warmup_steps)


def stepped(make, base_lr, count):
    """The learning rates of PyTorch's own scheduler."""
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base_lr)
    scheduler = make(optimiser)
    rates = []
    for _ in range(count):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        scheduler.step()
    return rates


def entry(name, schedule, rate, make=None):
    length = schedule["length"]
    rates = [rate(t) for t in range(length + AFTER + 1)]
    if torch and make:
        for t, own in enumerate(stepped(make, schedule["lr"], length + 1)):
            assert abs(own - rates[t]) <= 4e-15 * max(rates), (name, t, own, rates[t])
    return {"name": name, "schedule": {"key": "lr", **schedule}, "rates": rates}


def warm_up(low, lr, length):
    return entry(
        f"LinearLR from {low} to {lr} over {length} steps",
        {"shape": "warmUp", "low": low, "lr": lr, "length": length},
        linear_lr(lr, low / lr, 1.0, length),
        lambda o: torch.optim.lr_scheduler.LinearLR(o, low / lr, 1.0, length),
    )


def cosine(lr, end, length):
    return entry(
        f"CosineAnnealingLR from {lr} to {end} over {length} steps",
        {"shape": "cosine", "lr": lr, "end": end, "length": length},
        cosine_annealing_lr(lr, end, length),
        lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, length, end),
    )


def steps(lr, factor, every, length):
    return entry(
        f"StepLR from {lr} by {factor} every {every} of {length} steps",
        {"shape": "steps", "lr": lr, "factor": factor, "every": every, "length": length},
        step_lr(lr, factor, every, length),
        lambda o: torch.optim.lr_scheduler.StepLR(o, every, factor),
    )


def sequential(low, lr, end, warm, length):
    schedulers = torch and torch.optim.lr_scheduler
    return entry(
        f"SequentialLR of LinearLR from {low} to {lr} and CosineAnnealingLR to {end} over {length} steps",
        {"shape": "warmUpCosine", "low": low, "lr": lr, "end": end, "warmUp": warm, "length": length},
        sequential_lr(linear_lr(lr, low / lr, 1.0, warm), cosine_annealing_lr(lr, end, length - warm), warm),
        lambda o: schedulers.SequentialLR(
            o,
            [schedulers.LinearLR(o, low / lr, 1.0, warm), schedulers.CosineAnnealingLR(o, length - warm, end)],
            [warm],
        ),
    )


def linear(lr, end, length):
    return entry(
        f"LinearLR from {lr} to {end} over {length} steps",
        {"shape": "linear", "lr": lr, "end": end, "length": length},
        linear_lr(lr, 1.0, end / lr, length),
        lambda o: torch.optim.lr_scheduler.LinearLR(o, 1.0, end / lr, length),
    )


def wsd(low, lr, warm, end, decay, power, length):
    schedulers = torch and torch.optim.lr_scheduler
    left = length - decay

    def decaying(o):
        if power == 1:
            return schedulers.LinearLR(o, 1.0, end / lr, decay)
        return schedulers.LambdaLR(o, lambda t: one_minus_root_lr(lr, end, decay, power)(t) / lr)

    def make(o):
        parts = [schedulers.LinearLR(o, low / lr, 1.0, warm), schedulers.ConstantLR(o, 1.0, 1), decaying(o)]
        return schedulers.SequentialLR(o, parts, [warm, left])

    stable = sequential_lr(linear_lr(lr, low / lr, 1.0, warm), constant_lr(lr), warm)
    return entry(
        f"SequentialLR of LinearLR from {low} to {lr}, ConstantLR, and a decay of power {power} to {end} over {length} steps",
        {
            "shape": "wsd", "low": low, "lr": lr, "warmUp": warm, "end": end, "decay": decay, "power": power,
            "length": length,
        },
        sequential_lr(stable, one_minus_root_lr(lr, end, decay, power), left),
        make,
    )


def one_cycle(lr, total_steps, pct_start, div_factor=25.0, final_div_factor=1e4):
    """The increase must be a whole number of steps."""
    low = lr / div_factor
    warm = round(pct_start * total_steps - 1, 9)
    assert warm == int(warm)
    return entry(
        f"OneCycleLR to {lr} over {total_steps} steps with pct_start {pct_start}",
        {
            "shape": "oneCycle", "low": low, "lr": lr, "end": low / final_div_factor, "warmUp": int(warm),
            "length": total_steps - 1,
        },
        one_cycle_lr(lr, total_steps, pct_start, div_factor, final_div_factor),
        lambda o: torch.optim.lr_scheduler.OneCycleLR(
            o, lr, total_steps, pct_start=pct_start, div_factor=div_factor, final_div_factor=final_div_factor,
            cycle_momentum=False,
        ),
    )


def cyclic(low, lr, up, down, mode, length):
    gamma = {"triangular": 1, "triangular2": 0.5}[mode]
    return entry(
        f"CyclicLR {mode} from {low} to {lr} by {up} and {down} steps over {length} steps",
        {"shape": "cyclic", "low": low, "lr": lr, "up": up, "down": down, "factor": gamma, "length": length},
        cyclic_lr(low, lr, up, down, gamma, length),
        lambda o: torch.optim.lr_scheduler.CyclicLR(o, low, lr, up, down, mode=mode, cycle_momentum=False),
    )


def optax(low, lr, end, warm, length):
    return entry(
        f"warmup_cosine_decay_schedule from {low} to {lr} to {end} over {length} steps",
        {"shape": "warmUpCosine", "low": low, "lr": lr, "end": end, "warmUp": warm, "length": length},
        warmup_cosine_decay_schedule(low, lr, warm, length, end),
    )


if __name__ == "__main__":
    schedules = [
        warm_up(0.001, 0.1, 200),
        warm_up(0.005, 0.02, 7),
        cosine(0.1, 1e-4, 300),
        cosine(0.01, 0, 250),
        steps(0.1, 0.5, 30, 150),
        steps(0.02, 0.97, 1, 80),
        sequential(0.001, 0.1, 1e-4, 40, 260),
        linear(0.1, 0, 230),
        linear(0.03, 0.003, 11),
        wsd(0.0001, 0.1, 30, 0, 50, 1, 240),
        wsd(0.001, 0.02, 12, 0.0002, 88, 1, 100),
        wsd(0.0001, 0.1, 30, 0, 50, 0.5, 240),
        one_cycle(0.1, 200, 0.3),
        one_cycle(0.05, 90, 0.5, 10.0, 100.0),
        cyclic(0.001, 0.1, 20, 30, "triangular", 260),
        cyclic(0.001, 0.1, 20, 20, "triangular2", 250),
        cyclic(0.002, 0.03, 7, 1, "triangular2", 61),
        optax(0, 0.05, 0, 25, 200),
        optax(1e-4, 0.3, 1e-3, 1, 90),
    ]
    print('{"schedules":[')
    print(",\n".join(json.dumps(one, separators=(",", ":")) for one in schedules))
    print("]}")
