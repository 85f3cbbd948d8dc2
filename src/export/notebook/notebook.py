# The body of every exported notebook. `cells.ts` splits it into cells at the lines that begin with "# %%". `notebook.ts` writes
# the cells marked "generated" for each run; all other cells are the same in every notebook. Cells marked "folded" hold numbers only.

# %% [markdown] id="title" generated

# %% [markdown] id="setup"
# This notebook needs PyTorch 1.13 or newer. The plot needs matplotlib. All computation is in float64.

# %% id="setup-code"
import base64
import copy
import math

import torch

print("PyTorch", torch.__version__)

# %% [markdown] id="data"
# ## Data, initial parameters and settings
#
# `EDITS[s]` holds the settings that changed during the run, in force from step $s$ on. Steps count from 1. `SCHEDULES[s]` holds a
# length and the learning rate $t$ steps after step $s$, in force up to the next change of the learning rate; after the length the
# learning rate is constant.

# %% id="settings-code" generated

# %% [markdown] id="arrays"
# The next cell contains the run's data, so no result depends on a random number generator: the inputs $X$, the targets $Y$ and
# the parameters before the first step, as base64 of little-endian float32. Weights are stored inputs × outputs, so a layer
# is $z = aW + b$. `ORDERS` lists the order of the rows in each epoch of a shuffled run; the last order repeats. `AHEAD[e]` holds the
# order of epoch $e$ for the minibatch that judges the last step before that epoch, where `ORDERS` has another order.

# %% id="data-code" generated folded

# %% [markdown] id="loss"
# ## The network and its loss
#
# With $a_0 = x$, dense layers $z_l = a_{l-1} W_l + b_l$ and $a_l = \varphi(z_l)$ below the last one. On the $B$ rows of a
# minibatch the loss $L_B(\theta)$ is the mean of
#
# * the squared error, over rows and outputs, as `torch.nn.MSELoss`, or
# * the cross-entropy, over rows, as `torch.nn.CrossEntropyLoss`; $Y$ is then one-hot.

# %% id="loss-code"
ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}


def layers_of(params, x):
    """The input and the output z of every layer, at the parameters [W1, b1, W2, b2, …]."""
    a, layers = x, []
    for k in range(0, len(params), 2):
        z = a @ params[k] + params[k + 1]
        layers.append((a, z))
        a = ACTIVATIONS[ACTIVATION](z)
    return layers


def output_of(params, x):
    """The network's output: the z of the last layer, which has no activation."""
    return layers_of(params, x)[-1][1]


def losses_at(z, y):
    """The loss of each row at the network's output z."""
    if LOSS == "mse":
        return ((z - y) ** 2).mean(1)
    return -(y * torch.log_softmax(z, 1)).sum(1)


def loss_of(params, x, y):
    """L_B on the rows (x, y)."""
    return losses_at(output_of(params, x), y).mean()


# %% [markdown] id="curvature"
# ## Slope and curvature along d
#
# Along $d$ the loss of this minibatch is a function of one number, $h(\alpha) = L_B(\theta + \alpha d)$, with
#
# $$h'(0) = d^\top g \qquad h''(0) = d^\top H d$$
#
# The code never forms the Hessian $H$. It differentiates the gradient once more: with $d$ fixed,
# $\nabla(d^\top g) = H d$, a second backward pass through the first one.

# %% id="curvature-code"
def dot(a, b):
    return sum((p * q).sum() for p, q in zip(a, b))


def gradient(params, x, y):
    """The loss, the parameters as autograd leaves, and g with its graph, for a second differentiation."""
    theta = [p.detach().clone().requires_grad_() for p in params]
    loss = loss_of(theta, x, y)
    return loss.item(), theta, torch.autograd.grad(loss, theta, create_graph=True)


def hessian_times(d, g, theta):
    """H d, by differentiating dᵀg."""
    slope = dot(g, d)
    if not slope.requires_grad:  # g is constant, so H d = 0
        return [torch.zeros_like(p) for p in d]
    products = torch.autograd.grad(slope, theta, allow_unused=True)
    return [torch.zeros_like(p) if h is None else h for p, h in zip(d, products)]


# %% [markdown] id="spread"
# ## The spread of the rows
#
# $g$ is the mean of the gradients $g_i$ of the rows' own losses $\ell_i$. With $b$ rows, the variance of the $g_i$ is
# $(\sum\|g_i\|^2 - b\|g\|^2)/(b-1)$, and no $g_i$ need be formed: row $i$ adds $a_i \delta_i^\top$ to the gradient of a layer with
# input $a_i$ and $\delta_i = \partial\ell_i/\partial z_i$, so $\|g_i\|^2 = \sum_l (\|a_i\|^2 + 1)\|\delta_i\|^2$.
#
# α* is a ratio of two means over rows. Its standard error follows from the slope and the curvature of each row along $d$ (the delta
# method):
#
# $$\sqrt{\frac{\sum r_i^2}{b(b-1)}} \Big/ |d^\top H d| \qquad r_i = d^\top g_i + \alpha^* d^\top H_i d$$
#
# The Gauss–Newton curvature is the curvature along $d$ with a network that is linear in its parameters.

# %% id="spread-code"
ZERO = torch.zeros((), dtype=torch.float64)


def derivative(function):
    """The derivative of a function of one number, as a function."""
    return lambda a: torch.autograd.functional.jvp(function, a, torch.ones_like(a), create_graph=True)[1]


def row_squares(params, x, y):
    """‖g_i‖² of each row."""
    layers = layers_of([p.detach().requires_grad_() for p in params], x)
    deltas = torch.autograd.grad(losses_at(layers[-1][1], y).sum(), [z for _, z in layers])
    return sum(((a.detach() ** 2).sum(1) + 1) * (delta ** 2).sum(1) for (a, _), delta in zip(layers, deltas))


def spread_of(params, d, g, x, y, alpha_star, curvature):
    """The gradient variance, and the standard error of α*. None for a single row; no error where there is no α*."""
    b = len(x)
    if b == 1:
        return None, None
    variance = (row_squares(params, x, y).sum() - b * dot(g, g)).item() / (b - 1)
    if alpha_star is None:
        return variance, None
    along_d = lambda a: losses_at(output_of([p.detach() + a * q for p, q in zip(params, d)], x), y)
    residuals = derivative(along_d)(ZERO) + alpha_star * derivative(derivative(along_d))(ZERO)
    return variance, math.sqrt((residuals ** 2).sum().item() / (b * (b - 1))) / abs(curvature)


def gauss_newton(params, d, x, y):
    """dᵀGd"""
    along_d = lambda a: output_of([p.detach() + a * q for p, q in zip(params, d)], x)
    z, z_dot = along_d(ZERO), derivative(along_d)(ZERO).detach()
    return derivative(derivative(lambda a: losses_at(z + a * z_dot, y).mean()))(ZERO).item()


# %% [markdown] id="verdict"
# ## The verdict on α*
#
# The quadratic model with this slope and curvature has its vertex at
#
# $$\alpha^* = -\frac{d^\top g}{d^\top H d}$$
#
# | verdict | condition | meaning |
# | --- | --- | --- |
# | `minimum` | curvature > 0, slope < 0 | α* is the best step on this minibatch along this $d$ |
# | `behind` | curvature > 0, slope ≥ 0 | the minimum is at a step ≤ 0: earlier gradients or weight decay dominate this gradient in $d$ |
# | `concave` | curvature < 0 | the vertex is a maximum: there is no best step |
# | `flat` | curvature zero to within the rounding error of its terms | there is no vertex: α* is undefined |
# | `diverged` | loss, slope or curvature not finite | there is no α* |

# %% id="verdict-code"
def verdict_of(loss, slope, curvature, terms):
    """terms: Σ|dᵢ(Hd)ᵢ|, the sum of the absolute terms of the curvature."""
    if not all(math.isfinite(number) for number in (loss, slope, curvature)):
        return "diverged"
    if abs(curvature) <= ROUNDING * terms:
        return "flat"
    if curvature < 0:
        return "concave"
    return "minimum" if slope < 0 else "behind"


def quadratic(loss, g, d, hd):
    """Slope, curvature, verdict, and α*, None where there is none."""
    slope, curvature = dot(g, d).item(), dot(d, hd).item()
    terms = sum((p * q).abs().sum().item() for p, q in zip(d, hd))
    verdict = verdict_of(loss, slope, curvature, terms)
    return slope, curvature, verdict, None if verdict in ("flat", "diverged") else -slope / curvature


# %% [markdown] id="recorded" generated

# %% id="recorded-code" generated folded

# %% id="bounds-code" generated

# %% [markdown] id="difference" generated

# %% id="difference-code"
MEASURES = []  # further measurements: functions from the tensors and settings of a step to {name: (value, floor)}
recorded = [dict(zip(RECORDED, values)) for values in zip(*RECORDED.values())]


def relative(a, b, floor):
    return abs(a - b) / max(abs(a), abs(b), floor, 1e-300)


def optional(a, b, floor):
    """The relative difference of two values that may be missing or not finite; None where both are."""
    missing = [value is None or not math.isfinite(value) for value in (a, b)]
    if any(missing):
        return None if all(missing) else math.inf
    return relative(a, b, floor)


# %% [markdown] id="run"
# ## The run
#
# A minibatch is the next `batchSize` rows of the epoch; the last minibatch of an epoch may be smaller. The step size is the
# learning rate or, with the rule `alphaStar` and the verdict `minimum`, $\sigma\alpha^*$; with the rule `alphaStarGN` and a slope
# below 0, $-\sigma d^\top g / d^\top G d$.
#
# $d$ was made from the gradient of its own minibatch, so α* of that minibatch flatters $d$. The minibatch that comes next judges the
# step too: slope, curvature and α* at the same parameters, along the same $d$.

# %% id="run-code"
def train(initial, steps, rounding=0.0, watch=None):
    """Trains for `steps` steps and returns the measurements of each. `rounding`: the standard deviation of a relative error that
    every parameter gets after each step. `watch`: a function called after each step with its tensors and settings."""
    params = initial
    optimiser = Optimiser(params)
    noise = torch.Generator().manual_seed(0)
    now = dict(START)
    schedule, begun = None, 0
    epoch, at = 0, 0
    trace = []
    for step in range(1, steps + 1):
        now.update(EDITS.get(step, {}))
        if step in SCHEDULES or "lr" in EDITS.get(step, {}):
            schedule, begun = SCHEDULES.get(step), step
        if schedule:
            length, rate = schedule
            now["lr"] = rate(min(step - begun, length))
        if at >= len(X):  # the epoch is over
            epoch, at = epoch + 1, 0
        first = at == 0
        order = ORDERS[min(epoch, len(ORDERS) - 1)]
        rows = order[at : at + now["batchSize"]]
        at += now["batchSize"]
        if at >= len(X):
            order = AHEAD.get(epoch + 1, ORDERS[min(epoch + 1, len(ORDERS) - 1)])
        following = order[at if at < len(X) else 0 :][: now["batchSize"]]
        x, y = X[rows], Y[rows]

        loss, theta, g = gradient(params, x, y)
        d = optimiser.direction(params, [p.detach() for p in g], now)
        hd = hessian_times(d, g, theta)
        slope, curvature, verdict, alpha_star = quadratic(loss, g, d, hd)
        variance, error = spread_of(params, d, g, x, y, alpha_star, curvature)
        judgement = (None, None, None, None)
        if len(rows) < len(X):
            _, theta_next, g_next = gradient(params, X[following], Y[following])
            judgement = quadratic(0.0, g_next, d, hessian_times(d, g_next, theta_next))

        newton = gauss_newton(params, d, x, y)
        best = None
        if now["rule"] == "alphaStar" and verdict == "minimum":
            best = alpha_star
        elif now["rule"] == "alphaStarGN" and verdict != "diverged" and slope < 0 and newton > 0:
            best = -slope / newton
        greedy = best is not None
        taken = now["sigma"] * best if greedy else now["lr"]
        params = [p + taken * q for p, q in zip(params, d)]
        if watch:
            state = {"optimiser": copy.copy(optimiser), "now": dict(now), "after": params}
            watch(step=step, theta=theta, x=x, y=y, d=d, hd=hd, **state)
        trace.append(
            {
                "step": step,
                "lr": now["lr"],
                "epoch": epoch,
                "first": first,
                "loss": loss,
                "slope": slope,
                "curvature": curvature,
                "alphaStar": alpha_star,
                "verdict": verdict,
                "greedy": greedy,
                "stepTaken": taken,
                "lossAfter": loss_of(params, x, y).item(),
                "norms": [p.norm().item() for p in d],
                **dict(zip(("nextSlope", "nextCurvature", "nextVerdict", "nextAlphaStar"), judgement)),
                "gradVariance": variance,
                "alphaStarError": error,
                "gaussNewton": newton,
            }
        )
        if rounding:
            params = [p * (1 + rounding * torch.randn(p.shape, generator=noise, dtype=p.dtype)) for p in params]
    return trace


def keeping(kept):
    """A function for `watch` that keeps the steps of PAGE."""

    def keep(step, **at):
        if step in PAGE:
            kept[step] = {"step": step, **at}

    return keep


kept = {}
trace = train(INITIAL, STEPS, watch=keeping(kept))
print(len(trace), "steps,", trace[-1]["epoch"] + 1, "epochs begun")

# %% [markdown] id="log"
# ## Log
#
# The norm of $d$ for each tensor and α* at the first minibatch of each of the first ten epochs, and the loss every ten epochs; in
# brackets the number of the page. The last cell compares all of them.

# %% id="log-code"
NAMES = [f"fc{k // 2 + 1}.{'bias' if k % 2 else 'weight'}" for k in range(len(INITIAL))]
SHOWN = 10  # epochs


def beside(written, step):
    """The value of a step as `written` writes it, with the page's value in brackets, where the page has measured the step."""
    page = f" (page {written(recorded[step - 1])})" if step <= len(recorded) else ""
    return written(trace[step - 1]) + page


def star(row):
    return row["verdict"] if row["alphaStar"] is None else f"{row['alphaStar']:.4g} {row['verdict']}"


def decimals(value):
    return "undefined" if value is None else f"{value:.4f}"


for row in trace:
    if row["first"] and row["epoch"] < SHOWN:
        print(f"Epoch {row['epoch']}, Batch 0: α* {beside(star, row['step'])}")
        for k, name in enumerate(NAMES):
            print(f"  {name}: {beside(lambda at: decimals(at['norms'][k]), row['step'])}")
    if row["first"] and row["epoch"] % 10 == 0:
        print(f"Epoch {row['epoch']}, Loss: {beside(lambda at: decimals(at['loss']), row['step'])}")

# %% [markdown] id="plot"
# ## Plot
#
# Above, α* of each minibatch and the step size; steps without a minimum have no mark. Below, the minibatch loss.

# %% id="plot-code"
try:
    import matplotlib.pyplot as plt
except ImportError:
    print("The plot needs matplotlib: `pip install matplotlib`, then run this cell again. All other cells run without it.")
else:
    figure, (upper, lower) = plt.subplots(2, 1, sharex=True, figsize=(9, 6))
    ahead = [row for row in trace if row["verdict"] == "minimum"]
    upper.plot([r["step"] for r in ahead], [r["alphaStar"] for r in ahead], ".", color="#0067a5", label="α*")
    upper.plot([r["step"] for r in trace], [r["stepTaken"] for r in trace], color="#c04a00", label="step size")
    upper.set_yscale("log")
    upper.set_ylabel("step size along d")
    upper.legend()
    lower.plot([r["step"] for r in trace], [r["loss"] for r in trace], color="#16191d")
    lower.set_ylabel("minibatch loss")
    lower.set_xlabel("step")
    plt.show()

# %% [markdown] id="compare" generated

# %% id="compare-code"
SUMS = ("loss", "slope", "curvature")  # of every step; training has diverged where one of them is not finite
QUANTITIES = (*SUMS, "alphaStar", "norms", "nextSlope", "nextCurvature", "nextAlphaStar", "gradVariance", "alphaStarError", "gaussNewton")
for row, rate in zip(trace, RECORDED["lr"]):  # programs round cosines and powers differently
    assert math.isclose(row["lr"], rate, rel_tol=1e-12, abs_tol=1e-14), f"lr differs at step {row['step']}: {row['lr']} and {rate}"


def differences(others):
    """Yields each step and the relative difference of each quantity from `others`; stops at the first value that is not finite."""
    top = dict.fromkeys(QUANTITIES, 0.0)  # the largest so far
    top_norms = [0.0] * len(INITIAL)
    for row, other in zip(trace, others):
        if not all(value[name] is not None and math.isfinite(value[name]) for value in (row, other) for name in SUMS):
            return
        for name in top:
            if isinstance(other[name], (int, float)):
                top[name] = max(top[name], abs(other[name]))
        found = {name: relative(row[name], other[name], TINY * top[name]) for name in SUMS}
        found["gradVariance"] = optional(row["gradVariance"], other["gradVariance"], TINY * top["gradVariance"])
        found["gaussNewton"] = optional(row["gaussNewton"], other["gaussNewton"], TINY * top["gaussNewton"])
        ratios = [("slope", "curvature", ("alphaStar", "alphaStarError"))]
        if other["nextVerdict"] is not None:  # else the browser did not judge the step
            for name in ("nextSlope", "nextCurvature"):
                found[name] = optional(row[name], other[name], TINY * top[name])
            ratios.append(("nextSlope", "nextCurvature", ("nextAlphaStar",)))
        for slope, curvature, names in ratios:
            if other[curvature] is not None and abs(other[curvature]) >= TINY * top[curvature]:
                for name in names:
                    found[name] = optional(row[name], other[name], TINY * top[slope] / max(abs(other[curvature]), 1e-300))
        if None not in other["norms"]:
            top_norms = [max(pair) for pair in zip(top_norms, other["norms"])]
            found["norms"] = max(relative(a, b, TINY * c) for a, b, c in zip(row["norms"], other["norms"], top_norms))
        yield row["step"], {name: difference for name, difference in found.items() if difference is not None}


# `reach`: the last step to compare. A twin of the run gets rounding errors in its parameters at every step. The comparison ends
# when the twin differs from the run, or after a step of σ·α* whose curvature is zero to within rounding error.
reach = min(COMPARED, len(recorded))
twins = {}
for step, found in differences(train(INITIAL, reach, TWIN, keeping(twins))):
    if max(found.values()) > BOUND / MARGIN:
        reach = step - 1
        break
    if trace[step - 1]["greedy"] and "alphaStar" not in found:
        reach = step
        break

asserted = {name: (0.0, 0) for name in QUANTITIES}  # the largest difference and its step
everywhere = dict(asserted)
compared = 0
for step, found in differences(recorded):
    compared = min(step, reach)
    for name, difference in found.items():
        everywhere[name] = max(everywhere[name], (difference, step))
        if step <= reach:
            asserted[name] = max(asserted[name], (difference, step))
pairs = list(zip(trace[:compared], recorded))
judged = [pair for pair in pairs if pair[1]["nextVerdict"] is not None]
agreeing = sum(row["verdict"] == other["verdict"] for row, other in pairs)
next_agreeing = sum(row["nextVerdict"] == other["nextVerdict"] for row, other in judged)

print(f"Compared: steps 1 to {compared} of {len(recorded)} recorded. Bound: {BOUND:g}")
print("Largest relative difference      compared             all recorded")
for name in QUANTITIES:
    (near, near_step), (far, far_step) = asserted[name], everywhere[name]
    print(f"  {name:20} {near:12.2e} at {near_step:<6}{far:12.2e} at {far_step}")
print(f"Verdicts that agree: {agreeing} of {compared}; of the next minibatch: {next_agreeing} of {len(judged)}")
if compared < reach:
    print(f"From step {compared + 1} on training has diverged: no step can be compared.")
elif reach < min(COMPARED, len(recorded)):
    print(f"From step {reach + 1} on rounding errors alone may exceed the bound: these steps are not compared.")

for name, (difference, step) in asserted.items():
    assert difference <= BOUND, f"{name} differs by {difference:.3g} at step {step}; the bound is {BOUND:g}"
if VERDICTS_MUST_AGREE:
    assert agreeing == compared, f"{compared - agreeing} of {compared} verdicts differ"
    assert next_agreeing == len(judged), f"{len(judged) - next_agreeing} of {len(judged)} verdicts of the next minibatch differ"

# The probes and scores. A value that the twin changes by more than BOUND / MARGIN is left out, and so is every value after `compared`.
checked, left_out = 0, 0
for measure in MEASURES:
    for step, at in kept.items():
        values = measure(**at)
        values_of_twin = measure(**twins[step]) if step <= compared else {}
        for name, page in PAGE[step].items():
            if name not in values:
                continue
            value, floor = values[name]
            twin_value, twin_floor = values_of_twin.get(name, (value, math.inf))
            certain = max(floor, twin_floor) < math.inf and (optional(value, twin_value, floor) or 0) <= BOUND / MARGIN
            if not certain:
                left_out += 1
                continue
            difference = optional(value, page, floor) or 0
            assert difference <= BOUND, f"{name} of step {step} differs by {difference:.3g}; the bound is {BOUND:g}"
            checked += 1
if PAGE:
    print(f"Probes and scores: {checked} values agree within the bound; {left_out} are not compared.")
print("This notebook and the browser agree." if compared else "No step was compared.")
