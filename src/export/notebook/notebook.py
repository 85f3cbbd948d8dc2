# The body of every exported notebook, cell by cell; `cells.ts` takes it apart at the lines that begin with "# %%".
# Cells marked "generated" are written anew for each run by `notebook.ts`, the rest is the same for all of them; cells marked
# "folded" hold numbers only.

# %% [markdown] id="title" generated

# %% [markdown] id="setup"
# Only PyTorch (1.13 or newer) is needed; matplotlib draws the plot, if it is there. Everything is computed in float64.

# %% id="setup-code"
import base64
import math

import torch

print("PyTorch", torch.__version__)

# %% [markdown] id="data"
# ## The data, the first parameters, the settings
#
# `EDITS[t]` are the settings that were moved while it ran, in force from step $t$ on; steps count from 1.

# %% id="settings-code" generated

# %% [markdown] id="arrays"
# The run carries its own data, so nothing here depends on anyone's random numbers: the inputs $X$, the targets $Y$ and the
# parameters before the first step, as base64 of little-endian float32. Weights are stored inputs × outputs, so that a layer
# is $z = aW + b$. `ORDERS` has one order of the rows for each epoch, where they were not taken as they stand; the last one repeats.

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


def loss_of(params, x, y):
    """L_B at the parameters [W1, b1, W2, b2, …] on the rows (x, y)."""
    a = x
    for k in range(0, len(params), 2):
        z = a @ params[k] + params[k + 1]
        a = ACTIVATIONS[ACTIVATION](z)
    # The last layer has no activation: its z is what the network says.
    if LOSS == "mse":
        return ((z - y) ** 2).mean()
    return -(y * torch.log_softmax(z, 1)).sum(1).mean()


# %% [markdown] id="curvature"
# ## Slope and curvature along d
#
# Along $d$ the loss of this minibatch is a function of one number, $h(\alpha) = L_B(\theta + \alpha d)$, with
#
# $$h'(0) = d^\top g \qquad h''(0) = d^\top H d$$
#
# The Hessian $H$ is never formed. The gradient is differentiated once more instead: with $d$ held fixed,
# $\nabla(d^\top g) = H d$, a second backward pass through the first one.

# %% id="curvature-code"
def dot(a, b):
    return sum((p * q).sum() for p, q in zip(a, b))


def gradient(params, x, y):
    """The loss, the parameters as autograd knows them, and g, which can be differentiated again."""
    theta = [p.detach().clone().requires_grad_() for p in params]
    loss = loss_of(theta, x, y)
    return loss.item(), theta, torch.autograd.grad(loss, theta, create_graph=True)


def hessian_times(d, g, theta):
    """H d, by differentiating dᵀg."""
    slope = dot(g, d)
    if not slope.requires_grad:  # g is constant: there is nothing to differentiate
        return [torch.zeros_like(p) for p in d]
    products = torch.autograd.grad(slope, theta, allow_unused=True)
    return [torch.zeros_like(p) if h is None else h for p, h in zip(d, products)]


# %% [markdown] id="verdict"
# ## α* is a verdict, not always a number
#
# The parabola with this slope and curvature has its vertex at
#
# $$\alpha^* = -\frac{d^\top g}{d^\top H d}$$
#
# Where the parabola opens upwards and $d$ points downhill, that is the best step *on this batch, along this d* (`minimum`).
# With a slope above 0 the minimum lies behind (`behind`: what $d$ remembers of earlier batches, or its weight decay, outvotes this gradient). With a curvature below 0 there
# is no minimum (`concave`; the vertex is then a maximum). And where the curvature is zero within the rounding of the terms
# that it is summed from, there is no vertex at all (`flat`).

# %% id="verdict-code"
def verdict_of(loss, slope, curvature, terms):
    """terms: Σ|dᵢ(Hd)ᵢ|, what the curvature is summed from."""
    if not all(math.isfinite(number) for number in (loss, slope, curvature)):
        return "diverged"
    if abs(curvature) <= ROUNDING * terms:
        return "flat"
    if curvature < 0:
        return "concave"
    return "minimum" if slope < 0 else "behind"


# %% [markdown] id="run"
# ## The run
#
# A minibatch is the next `batchSize` rows of the epoch; what is left at its end is a short batch. The step along $d$ is the
# learning rate, or by the rule `alphaStar` $\sigma\alpha^*$ wherever the verdict is `minimum`.

# %% id="run-code"
def train(initial, steps, rounding=0.0, watch=None):
    """What is measured at each of the first steps. With `rounding`, parameters are off by that share after every step.
    `watch` is shown the inside of every step."""
    params = initial
    optimiser = Optimiser(params)
    noise = torch.Generator().manual_seed(0)
    now = dict(START)
    epoch, at = 0, 0
    trace = []
    for step in range(1, steps + 1):
        now.update(EDITS.get(step, {}))
        if at >= len(X):  # the epoch is over
            epoch, at = epoch + 1, 0
        first = at == 0
        rows = ORDERS[min(epoch, len(ORDERS) - 1)][at : at + now["batchSize"]]
        at += now["batchSize"]
        x, y = X[rows], Y[rows]

        loss, theta, g = gradient(params, x, y)
        d = optimiser.direction(params, [p.detach() for p in g], now)
        hd = hessian_times(d, g, theta)
        if watch:
            watch(step=step, theta=theta, x=x, y=y, d=d, hd=hd, optimiser=optimiser, now=dict(now))
        slope = dot(g, d).item()
        curvature = dot(d, hd).item()
        terms = sum((p * q).abs().sum().item() for p, q in zip(d, hd))
        verdict = verdict_of(loss, slope, curvature, terms)
        alpha_star = None if verdict in ("flat", "diverged") else -slope / curvature

        greedy = now["rule"] == "alphaStar" and verdict == "minimum"
        taken = now["sigma"] * alpha_star if greedy else now["lr"]
        params = [p + taken * q for p, q in zip(params, d)]
        trace.append(
            {
                "step": step,
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
            }
        )
        if rounding:
            params = [p * (1 + rounding * torch.randn(p.shape, generator=noise, dtype=p.dtype)) for p in params]
    train.params = params  # after the last step
    return trace


last = {}  # the inside of the last step
trace = train(INITIAL, STEPS, watch=last.update)
print(len(trace), "steps,", trace[-1]["epoch"] + 1, "epochs begun")

# %% [markdown] id="log"
# ## As the first notebook printed it
#
# The norm of $d$ for each tensor at every epoch's first batch, and every ten epochs the loss; with α* added.

# %% id="log-code"
NAMES = [f"fc{k // 2 + 1}.{'bias' if k % 2 else 'weight'}" for k in range(len(INITIAL))]
SHOWN = 10  # epochs

for row in trace:
    if row["first"] and row["epoch"] < SHOWN:
        star = row["verdict"] if row["alphaStar"] is None else f"{row['alphaStar']:.4g} ({row['verdict']})"
        print(f"Epoch {row['epoch']}, Batch 0: α* {star}")
        for name, norm in zip(NAMES, row["norms"]):
            print(f"  {name}: {norm:.4f}")
    if row["first"] and row["epoch"] % 10 == 0:
        print(f"Epoch {row['epoch']}, Loss: {row['loss']:.4f}")

# %% [markdown] id="plot"
# ## The plot
#
# α* on this batch beside the step taken, and the loss under them. Steps without a minimum have no mark.

# %% id="plot-code"
try:
    import matplotlib.pyplot as plt
except ImportError:
    print("There is no plot without matplotlib: `pip install matplotlib` and run this cell again. The rest needs it not.")
else:
    figure, (upper, lower) = plt.subplots(2, 1, sharex=True, figsize=(9, 6))
    ahead = [row for row in trace if row["verdict"] == "minimum"]
    upper.plot([r["step"] for r in ahead], [r["alphaStar"] for r in ahead], ".", color="#0067a5", label="α*")
    upper.plot([r["step"] for r in trace], [r["stepTaken"] for r in trace], color="#c04a00", label="step taken")
    upper.set_yscale("log")
    upper.set_ylabel("step along d")
    upper.legend()
    lower.plot([r["step"] for r in trace], [r["loss"] for r in trace], color="#16191d")
    lower.set_ylabel("loss on this batch")
    lower.set_xlabel("step")
    plt.show()

# %% [markdown] id="probes"
# ## More about the last step
#
# What the page's panel *Probes* answers, of the last step above: the same $d$ judged by all the data; the parts of slope and
# curvature that each layer adds, $d_l^\top g_l$ and $d_l^\top (Hd)_l$, and α* if that layer moved alone; α* along other directions
# from the same point; and, for networks of at most 300 parameters, the extreme eigenvalues of $H$ and of
# $P^{-1/2} H P^{-1/2}$, $P$ being what $d$ divides the momentum by, beside the edge of stability
# ([Cohen et al.](https://arxiv.org/abs/2207.14484)).

# %% id="probes-code"
def along(p, params, x, y):
    """Slope and curvature along p."""
    _, theta, g = gradient(params, x, y)
    return dot(g, p).item(), dot(hessian_times(p, g, theta), p).item()


def show(name, slope, curvature, alone=None):
    slope_alone, curvature_alone = alone or (slope, curvature)
    star = -slope_alone / curvature_alone if curvature_alone else math.nan
    print(f"{name:12} {slope:14.6e} {curvature:14.6e} {star:14.6e}")


def only(vectors, kept):
    return [v if k in kept else torch.zeros_like(v) for k, v in enumerate(vectors)]


def dense_hessian(params, x, y):
    columns = []
    for k in range(sum(p.numel() for p in params)):
        _, theta, g = gradient(params, x, y)
        unit = torch.zeros(sum(p.numel() for p in params), dtype=torch.float64)
        unit[k] = 1
        parts = [u.reshape(p.shape) for u, p in zip(unit.split([p.numel() for p in params]), params)]
        columns.append(torch.cat([h.flatten() for h in hessian_times(parts, g, theta)]))
    dense = torch.stack(columns)
    return (dense + dense.T) / 2


def probe(step, theta, x, y, d, hd, optimiser, now):
    if not all(torch.isfinite(t).all() for t in [*theta, *d, *hd]):
        return print("Training has diverged: there is nothing left to measure.")
    g = [t.detach() for t in gradient(theta, x, y)[2]]
    print(f"Step {step}, {len(x)} rows   slope          curvature      alphaStar")
    show("this batch", *along(d, theta, x, y))
    show("all data", *along(d, theta, X, Y))
    for k in range(0, len(d), 2):
        parts = [sum((d[j] * of[j]).sum().item() for j in (k, k + 1)) for of in (g, hd)]
        show(f"fc{k // 2 + 1}", *parts, alone=along(only(d, (k, k + 1)), theta, x, y))
    show("-g", *along([-p for p in g], theta, x, y))
    if optimiser.m_hat:
        show("-m", *along([-m for m in optimiser.m_hat], theta, x, y))
    show("-sign g", *along([-p.sign() for p in g], theta, x, y))
    if sum(p.numel() for p in theta) <= 300:
        H = dense_hessian(theta, x, y)
        root = torch.cat([p.flatten() for p in optimiser.P]) ** -0.5
        for name, matrix in (("H", H), ("P^-½HP^-½", H * root[:, None] * root)):
            values = torch.linalg.eigvalsh(matrix)
            print(f"{name:12} largest {values[-1]:.6e}, smallest {values[0]:.6e}")
        if now["rule"] == "lr":  # steps of σ·α* are as long as each batch has it
            print(f"threshold    {optimiser.threshold(now):.6e}")


probe(**last)

# %% [markdown] id="recorded" generated

# %% id="recorded-code" generated folded

# %% [markdown] id="compare" generated

# %% id="bounds-code" generated

# %% id="compare-code"
QUANTITIES = ("loss", "slope", "curvature", "alphaStar")


def relative(a, b, floor):
    return abs(a - b) / max(abs(a), abs(b), floor, 1e-300)


def differences(others):
    """For each step, and as long as all is finite: the step, and the relative difference of each quantity from `others`."""
    top = dict.fromkeys(("loss", "slope", "curvature"), 0.0)  # the largest so far
    for row, other in zip(trace, others):
        if not all(value[name] is not None and math.isfinite(value[name]) for value in (row, other) for name in top):
            return
        for name in top:
            top[name] = max(top[name], abs(other[name]))
        found = {name: relative(row[name], other[name], TINY * top[name]) for name in top}
        if abs(other["curvature"]) >= TINY * top["curvature"]:
            a, b = row["alphaStar"], other["alphaStar"]
            if a is not None and b is not None:
                found["alphaStar"] = relative(a, b, TINY * top["slope"] / abs(other["curvature"]))
            elif a is not b:  # only one of them exists
                found["alphaStar"] = math.inf
        yield row["step"], found


recorded = [dict(zip(RECORDED, values)) for values in zip(*RECORDED.values())]

# How far the run can be followed: until a twin of it, whose parameters are rounded at every step, has gone a way of its own,
# or a step was taken by an α* that rounding made.
reach = min(COMPARED, len(recorded))
for step, found in differences(train(INITIAL, reach, TWIN)):
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
agreeing = sum(row["verdict"] == other["verdict"] for row, other in zip(trace[:compared], recorded))

print(f"Compared: steps 1 to {compared} of {len(recorded)} recorded. Bound: {BOUND:g}")
print("Largest relative difference      compared             all recorded")
for name in QUANTITIES:
    (near, near_step), (far, far_step) = asserted[name], everywhere[name]
    print(f"  {name:20} {near:12.2e} at {near_step:<6}{far:12.2e} at {far_step}")
print(f"Verdicts that agree: {agreeing} of {compared}")
if compared < reach:
    print(f"From step {compared + 1} on training has diverged: there is nothing to compare.")
elif reach < min(COMPARED, len(recorded)):
    print(f"From step {reach + 1} on rounding alone may lead two computations of this run apart.")

for name, (difference, step) in asserted.items():
    assert difference <= BOUND, f"{name} differs by {difference:.3g} at step {step}; the bound is {BOUND:g}"
if VERDICTS_MUST_AGREE:
    assert agreeing == compared, f"{compared - agreeing} of {compared} verdicts differ"
print("This notebook and the browser agree." if compared else "There was nothing to compare.")
