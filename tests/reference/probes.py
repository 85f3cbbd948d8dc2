#!/usr/bin/env python3
"""Float64 PyTorch reference for the probes: the dense Hessian of a step, and quantities derived from this Hessian.

    python3 probes.py --make        # rewrites NAME.probes.json for every case in this folder

For some steps of each case, at the parameters before the step, on its minibatch:
    hd        H d, flat in the order fc1.weight, fc1.bias, fc2.weight, ...
    hessian   the eigenvalues of H, ascending
    scaled    the eigenvalues of P^-1/2 H P^-1/2, where d divides the momentum by P; for Adam P = c1 (sqrt(v/c2) + eps)
    others    slope and curvature along -g, -m/c1 (where the optimiser has momentum) and -sign(g), and along d for all the data and for one layer at a time
    newton    slope along -H^+ g, equal to -curvature
    shares    d_l . g_l and d_l . (H d)_l for every layer
Vectors are base64 of little-endian float64.
"""
import base64, json, pathlib, struct, sys
import torch
from reference import along, loss_of, trace

STEPS = [1, 2, 37, 60]


def pack(t):
    a = [float(x) for x in t.flatten()]
    return base64.b64encode(struct.pack("<%dd" % len(a), *a)).decode()


def flat(ts):
    return torch.cat([t.flatten() for t in ts])


def split(vector, like):
    parts = torch.split(vector, [t.numel() for t in like])
    return [p.reshape(t.shape) for p, t in zip(parts, like)]


def hessian(case, ps, x, y):
    """Dense, row by row, by reverse over reverse."""
    qs = [p.detach().clone().requires_grad_() for p in ps]
    g = flat(torch.autograd.grad(loss_of(case, qs, x, y), qs, create_graph=True))
    rows = []
    for gk in g:
        row = torch.autograd.grad(gk, qs, retain_graph=True, allow_unused=True) if gk.requires_grad else [None] * len(qs)
        rows.append(flat([torch.zeros_like(q) if r is None else r for q, r in zip(qs, row)]))
    H = torch.stack(rows).detach()
    return (H + H.T) / 2


def probes(case):
    found = []

    def visit(t, ps, g, d, m_hat, P, x, y, X, Y):
        if t not in STEPS:
            return
        H, gf, df = hessian(case, ps, x, y), flat(g), flat(d)
        hd = H @ df
        r = flat(P).detach() ** -0.5

        def slopes(p, rows=(x, y)):
            _, slope, curvature = along(case, ps, split(p, ps), *rows)
            return {"slope": slope, "curvature": curvature}

        shares, at = [], 0
        for k in range(0, len(ps), 2):
            end = at + ps[k].numel() + ps[k + 1].numel()
            shares.append({"slope": (df[at:end] @ gf[at:end]).item(), "curvature": (df[at:end] @ hd[at:end]).item()})
            at = end
        found.append({
            "step": t, "hd": pack(hd), "hessian": pack(torch.linalg.eigvalsh(H)),
            "scaled": pack(torch.linalg.eigvalsh(H * r[:, None] * r[None, :])),
            "others": {"gradient": slopes(-gf), **({"momentum": slopes(-flat(m_hat))} if m_hat else {}), "sign": slopes(-gf.sign())},
            "newton": -(gf @ torch.linalg.pinv(H, rcond=1e-10, hermitian=True) @ gf).item(),
            "full": slopes(df, (X, Y)), "shares": shares,
        })

    trace(case, visit)
    return {"case": case["name"], "torch": torch.__version__, "steps": found}


if __name__ == "__main__":
    here = pathlib.Path(__file__).parent
    if sys.argv[1:] != ["--make"]:
        sys.exit(__doc__)
    for path in sorted(here.glob("*.case.json")):
        case = json.loads(path.read_text())
        (here / f"{case['name']}.probes.json").write_text(json.dumps(probes(case)))
        print(case["name"])
