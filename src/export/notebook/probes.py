# Additional cells of a notebook with probes that the page has measured (notebook.py).

# %% [markdown] id="probes"
# ## Probes
#
# The measurements of the page's panel *Probes*, for step 20 and for the last step of this notebook:
#
# * slope, curvature and α* along the same $d$ on all data;
# * each layer's terms of slope and curvature, $d_l^\top g_l$ and $d_l^\top (Hd)_l$, and α* if only this layer moves;
# * α* along other directions from the same parameters;
# * for networks of at most 300 parameters, the extreme eigenvalues of $H$ and of $P^{-1/2} H P^{-1/2}$, and the edge of stability
#   ([Cohen et al.](https://arxiv.org/abs/2207.14484)). $P$ is the preconditioner: the optimiser divides its momentum by $P$.
#
# Beside each value: the page's value and the relative difference, which the last cell compares with the bound.

# %% id="probes-code"
def show(title, measure):
    """Prints the values of `measure` beside those of the page, for each step of PAGE."""
    MEASURES.append(measure)
    for step, at in kept.items():
        print(f"{title} of step {step:<14}  notebook            page  difference")
        for name, (value, floor) in measure(**at).items():
            page = PAGE[step].get(name)
            texts = ["undefined" if n is None or not math.isfinite(n) else f"{n:.8e}" for n in (value, page)]
            difference = None if floor == math.inf else optional(value, page, floor)
            print(f"  {name:24}{texts[0]:>16}{texts[1]:>16}  {'–' if difference is None else f'{difference:.1e}'}")


def size(vectors):
    return math.sqrt(dot(vectors, vectors).item())


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


def model(theta, p, x, y, shares=None):
    """Slope, curvature and α* along p. shares: the Hd of the whole d, whose terms in p replace the curvature; α* is that along p alone."""
    _, at, g = gradient(theta, x, y)
    product = hessian_times(p, g, at)
    slope, curvature, _, star = quadratic(0.0, g, p, product)
    floors = [TINY * size(p) * size(other) for other in (g, product)]
    floor = floors[0] / abs(curvature) if abs(curvature) > floors[1] else math.inf
    shown = curvature if shares is None else dot(p, shares).item()
    return {"slope": (slope, floors[0]), "curvature": (shown, floors[1]), "α*": (star, floor)}


def probes_of(theta, x, y, d, hd, optimiser, now, **_):
    if not all(torch.isfinite(t).all() for t in [*theta, *d, *hd]):
        return {}
    g = [t.detach() for t in gradient(theta, x, y)[2]]
    models = {"this batch": model(theta, d, x, y), "all data": model(theta, d, X, Y)}
    for k in range(0, len(d), 2):
        models[f"fc{k // 2 + 1}"] = model(theta, only(d, (k, k + 1)), x, y, shares=hd)
    models["-g"] = model(theta, [-p for p in g], x, y)
    if optimiser.m_hat:
        models["-m"] = model(theta, [-m for m in optimiser.m_hat], x, y)
    models["-sign g"] = model(theta, [-p.sign() for p in g], x, y)
    flat = torch.cat([p.flatten() for p in g]).abs()
    if ((flat > 0) & (flat < ROUNDING * flat.max())).any():  # rounding errors may change a sign
        models["-sign g"] = {name: (value, math.inf) for name, (value, _) in models["-sign g"].items()}
    values = {f"{name}, {part}": found for name, parts in models.items() for part, found in parts.items()}
    if sum(p.numel() for p in theta) <= 300:
        H = dense_hessian(theta, x, y)
        root = torch.cat([p.flatten() for p in optimiser.P]) ** -0.5
        for name, matrix in (("H", H), ("P^-½HP^-½", H * root[:, None] * root)):
            found = torch.linalg.eigvalsh(matrix)
            floor = found.abs().max().item()  # rounding errors of an eigenvalue are relative to the largest one
            values[f"{name}, largest"] = (found[-1].item(), floor)
            values[f"{name}, smallest"] = (found[0].item(), floor)
        # The threshold is defined for a fixed learning rate only, and for no sign of a momentum.
        if hasattr(optimiser, "threshold") and now["rule"] == "lr" and now["lr"] > 0:
            values["threshold"] = (optimiser.threshold(now), 0.0)
    return values


show("Probes", probes_of)
