"""Alphascope for a network of your own: how far should your optimiser have stepped?

Copy this file beside a PyTorch script (PyTorch 1.13 or newer):

    from alphascope import Alphascope

    scope = Alphascope(model, optimizer, lambda model, batch: loss(model(batch[0]), batch[1]))
    for batch in loader:
        scope.step(batch)          # zero_grad, forward, backward, optimizer.step, and the measurements
    scope.save("run.json")

Open run.json on the Alphascope page. For each step the file has

    d           (theta after the step - theta before the step) / lr
    slope       d.g, with g the gradient of the minibatch loss before the step
    curvature   d.H.d, with H the Hessian of that loss
    alphaStar   -slope / curvature, the best step for this minibatch along d

and the same of the next minibatch at the same theta along the same d, the variance of the gradients of single rows, and the
Gauss-Newton curvature. Training is the same to the bit as without the measurements: parameters, buffers and random numbers.
"""
import json
import math
from contextlib import contextmanager, nullcontext

import torch

__all__ = ["Alphascope"]

# A curvature below this share of the terms of its sum is rounding noise; the page uses the same bounds.
ROUNDING = {torch.float64: 2.0**-40, torch.float32: 2.0**-20}
# The columns of a step besides `step` and the norms per tensor, in the order of the page.
COLUMNS = (
    "batch loss slope curvature alphaStar verdict gradNorm directionNorm cosine stepTaken lossAfter reductionRatio "
    "nextSlope nextCurvature nextAlphaStar gradVariance alphaStarError gaussNewton nextVerdict"
).split()


class Alphascope:
    """Measures every step of an optimiser.

    model, optimizer  any module and any optimiser of torch.optim's interface whose step needs no closure
    loss_fn           loss_fn(model, batch): the mean loss over the rows of a batch
    rows              the number of rows of the training data; None where it is unknown: then the page shows no epochs
    noise             whether to measure the gradient of each row alone, for gradVariance and alphaStarError: three passes a
                      row. None: for batches of at most 64 rows. A row is an entry of the first dimension of every tensor in
                      the batch. Ends at a step whose gradient is not the mean of the gradients of the rows: batch
                      normalisation or dropout in training mode, or a loss that is no mean over rows
    gauss_newton      whether to measure d.G.d, where `model` is called once and returns one tensor. Terms of the loss
                      that do not depend on that tensor (weight decay in the loss) do not count
    name              the name of the run on the page

    The direction is the difference of the parameters divided by the lr of the first parameter group whose lr is not 0: lr * d
    is the step as it was taken, with weight decay, clipping, and the lr of every other group. A step with lr 0 has d = 0 and
    the verdict `flat`.

    The next minibatch judges a step when it arrives: at the next call, with the parameters set back. No batch is drawn earlier
    than without the measurements, and the last step of a run is not judged.

    All losses of a step are computed in the mode of the model (training or evaluation), with the random numbers and buffers
    of the training pass: a dropout mask is the same in all of them.
    """

    def __init__(self, model, optimizer, loss_fn, rows=None, noise=None, gauss_newton=True, name=None):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.rows, self.noise, self.gauss_newton, self.name = rows, noise, gauss_newton, name
        trained = {id(p) for group in optimizer.param_groups for p in group["params"]}
        self.named = [(key, p) for key, p in model.named_parameters() if p.requires_grad and id(p) in trained]
        if not self.named:
            raise ValueError("optimizer: found no parameter of the model; allowed: an optimizer of model.parameters()")
        self.parameters = [p for _, p in self.named]
        self.steps = []
        self.settings = None
        # The state before the last step and its d, for the minibatch that judges it.
        self._last = None

    def step(self, batch):
        """Takes one step of training and measures it; returns the minibatch loss, a tensor."""
        with self.measure(batch):
            self.optimizer.zero_grad()
            loss = self.loss_fn(self.model, batch)
            loss.backward()
            self.optimizer.step()
        return loss.detach()

    @contextmanager
    def measure(self, batch):
        """Measures the step that the body of the `with` statement takes on `batch`: for loops with clipping or a scaler.

        The forward pass must be the first use of random numbers in the body. A body that moves no parameter records d = 0.
        """
        self._judge(batch)
        lr = next((float(group["lr"]) for group in self.optimizer.param_groups if float(group["lr"])), 0.0)
        self.settings = self.settings or self._settings(batch, lr)
        start = _State(self.model, self.parameters)
        yield
        with self._aside() as after:
            d = [(q - p) / lr if lr else torch.zeros_like(p) for p, q in zip(start.parameters, after.parameters)]
            self.steps.append(self._measured(batch, lr, d, start))
        self._last = (start, d)

    def save(self, path):
        """Writes the run file."""
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.run_file(), file, allow_nan=False)

    def run_file(self):
        """The run file as a dictionary. A number that is undefined or not finite is None."""
        tensors = range(len(self.named))
        column = lambda key: [_finite(row[key]) for row in self.steps]
        first = self.parameters[0]
        return {
            "format": "alphascope-run",
            "version": 1,
            "app": "alphascope.py",
            "engine": "pytorch",
            "recording": {
                "name": self.name or type(self.model).__name__,
                "optimiser": type(self.optimizer).__name__,
                "device": f"PyTorch {torch.__version__}, {first.device.type}, {str(first.dtype)[6:]}",
                "rows": self.rows,
                "tensors": [{"name": name, "shape": list(p.shape)} for name, p in self.named],
                "settings": self.settings or {},
            },
            "trace": {
                "step": list(range(1, len(self.steps) + 1)),
                **{name: column(name) for name in COLUMNS},
                **{kind: [[_finite(row[kind][t]) for row in self.steps] for t in tensors] for kind in ("directionNorms", "gradNorms")},
            },
        }

    @contextmanager
    def _aside(self):
        """For measurements: parameters, buffers and random numbers are afterwards as they were. Gives their state."""
        now = _State(self.model, self.parameters)
        try:
            with torch.enable_grad(), _math_attention():
                yield now
        finally:
            now.restore()

    def _measured(self, batch, lr, d, start):
        """The entries of one step; the parameters are those after the step."""
        start.restore(parameters=False)
        with torch.no_grad():
            loss_after = self.loss_fn(self.model, batch).item()
        loss, slope, curvature, verdict, g, gauss_newton = self._along(batch, d, start, self.gauss_newton)
        star = _star(verdict, slope, curvature)
        variance, error = self._spread(batch, g, d, star, curvature, start)
        grad_norms, norms = _norms(g), _norms(d)
        grad_norm, norm = math.hypot(*grad_norms), math.hypot(*norms)
        predicted = slope * lr + 0.5 * curvature * lr * lr
        return {
            "batch": _rows_in(batch),
            "loss": loss,
            "slope": slope,
            "curvature": curvature,
            "alphaStar": star,
            "verdict": verdict,
            "gradNorm": grad_norm,
            "directionNorm": norm,
            "cosine": -slope / (grad_norm * norm) if grad_norm * norm else 0.0,
            "stepTaken": lr,
            "lossAfter": loss_after,
            "reductionRatio": (loss_after - loss) / predicted if predicted else None,
            "nextSlope": None,
            "nextCurvature": None,
            "nextAlphaStar": None,
            "gradVariance": variance,
            "alphaStarError": error,
            "gaussNewton": gauss_newton,
            "nextVerdict": None,
            "directionNorms": norms,
            "gradNorms": grad_norms,
        }

    def _judge(self, batch):
        """Judges the last step by the minibatch after it; a minibatch of all rows has no other rows to judge it."""
        if self._last is None:
            return
        (start, d), self._last = self._last, None
        if self.rows is not None and self.steps[-1]["batch"] >= self.rows:
            return
        with self._aside():
            _, slope, curvature, verdict, _, _ = self._along(batch, d, start)
        star = _star(verdict, slope, curvature)
        self.steps[-1].update(nextSlope=slope, nextCurvature=curvature, nextAlphaStar=star, nextVerdict=verdict)

    def _along(self, batch, d, start, gauss_newton=False):
        """Loss, slope, curvature, verdict, gradient and d.G.d of a batch along d, by two reverse passes."""
        start.restore()
        outputs = []
        hook = self.model.register_forward_hook(lambda module, inputs, output: outputs.append(output))
        try:
            loss = self.loss_fn(self.model, batch)
        finally:
            hook.remove()
        g = self._grad(loss, create_graph=True)
        slope = _dot(g, d)
        # A loss whose gradient is constant has no curvature.
        hd = self._grad(slope, retain_graph=True) if slope.requires_grad else [torch.zeros_like(p) for p in d]
        terms = [_wide(p * q) for p, q in zip(hd, d)]
        curvature = sum(t.sum().item() for t in terms)
        rounding = ROUNDING.get(d[0].dtype, 2.0**-8) * sum(t.abs().sum().item() for t in terms)
        verdict = _verdict(loss.item(), slope.item(), curvature, rounding)
        single = gauss_newton and len(outputs) == 1 and torch.is_tensor(outputs[0]) and outputs[0].requires_grad
        newton = self._gauss_newton(batch, d, outputs[0], start) if single else None
        return loss.item(), slope.item(), curvature, verdict, [p.detach() for p in g], newton

    def _gauss_newton(self, batch, d, output, start):
        """d.J'.L.J.d, with J the Jacobian of the model's output and L the Hessian of the loss by that output."""
        # J.d is the derivative by u of the reverse pass J'.u along d.
        u = torch.zeros_like(output, requires_grad=True)
        tangent = torch.autograd.grad(_dot(self._grad(output, grad_outputs=u, create_graph=True), d), u)[0].detach()
        leaf = output.detach().requires_grad_()
        start.restore()
        hook = self.model.register_forward_hook(lambda module, inputs, output: leaf)
        try:
            loss = self.loss_fn(self.model, batch)
        finally:
            hook.remove()
        (by_output,) = torch.autograd.grad(loss, leaf, create_graph=True)
        if not by_output.requires_grad:
            return 0.0
        (product,) = torch.autograd.grad((by_output * tangent).sum(), leaf)
        return _wide(product * tangent).sum().item()

    def _spread(self, batch, g, d, star, curvature, start):
        """gradVariance, and the standard error of alphaStar by the delta method."""
        b = _rows_in(batch)
        if b < 2 or self.noise is False or (self.noise is None and b > 64):
            return None, None
        total = [torch.zeros_like(p) for p in g]
        squares = deviations = residuals = 0.0
        for i in range(0 if self._normalises_batches() else b):
            start.restore()
            own = self._grad(self.loss_fn(self.model, _row(batch, i, b)), create_graph=star is not None)
            if star is not None:
                slope = _dot(own, d)
                hd = self._grad(slope) if slope.requires_grad else []
                residual = slope.item() + star * sum(_wide(p * q).sum().item() for p, q in zip(hd, d))
                residuals += residual * residual
            own = [p.detach() for p in own]
            total = [p + q for p, q in zip(total, own)]
            squares += _square(own)
            deviations += _square(p - q for p, q in zip(own, g))
        if not squares or _square(p / b - q for p, q in zip(total, g)) > 1e-8 * squares / b:
            self.noise = False
            return None, None
        error = math.sqrt(residuals / (b * (b - 1))) / abs(curvature) if star is not None else None
        return deviations / (b - 1), error

    def _normalises_batches(self):
        """Whether a pass over a single row would fail or differ."""
        modules = self.model.modules()
        return any(isinstance(m, torch.nn.modules.batchnorm._BatchNorm) and m.training for m in modules)

    def _grad(self, output, **options):
        """The derivatives by all parameters; zeros for a parameter without effect."""
        grads = torch.autograd.grad(output, self.parameters, allow_unused=True, **options)
        return [torch.zeros_like(p) if q is None else q for p, q in zip(self.parameters, grads)]

    def _settings(self, batch, lr):
        """The settings of the page that this optimiser has, and the page's name of the optimiser."""
        group = self.optimizer.param_groups[0]
        kind = type(self.optimizer).__name__
        momentum = group.get("momentum") or 0
        names = {"Adam": "amsgrad" if group.get("amsgrad") else "adam", "SGD": "momentum" if momentum else "sgd"}
        names.update({"AdamW": "adamw", "NAdam": "nadam", "RMSprop": "rmsprop", "Lion": "lion"})
        beta1, beta2 = group.get("betas", (momentum or None, group.get("alpha")))
        found = {
            "optimiser": names.get(kind),
            "lr": lr or None,
            "beta1": beta1,
            "beta2": beta2,
            "eps": group.get("eps"),
            "weightDecay": group.get("weight_decay") if kind in ("AdamW", "Lion") else None,
            "batchSize": _rows_in(batch),
        }
        return {key: float(v) if torch.is_tensor(v) else v for key, v in found.items() if v is not None}


class _State:
    """Copies of the parameters, buffers and states of the random numbers, to return to."""

    def __init__(self, model, parameters):
        copies = lambda tensors: [(t, t.detach().clone()) for t in tensors]
        self.own, self.buffers = copies(parameters), copies(model.buffers())
        self.cpu = torch.get_rng_state()
        devices = {p.device for p in parameters if p.device.type == "cuda"}
        self.cuda = [(device, torch.cuda.get_rng_state(device)) for device in devices]

    @property
    def parameters(self):
        return [value for _, value in self.own]

    def restore(self, parameters=True):
        with torch.no_grad():
            for tensor, value in self.buffers + (self.own if parameters else []):
                tensor.copy_(value)
        torch.set_rng_state(self.cpu)
        for device, state in self.cuda:
            torch.cuda.set_rng_state(state, device)


def _math_attention():
    """Fused attention kernels have no second derivative: attention is computed by its formula while a step is measured."""
    if hasattr(torch.nn, "attention"):
        return torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
    if hasattr(torch.backends.cuda, "sdp_kernel") and hasattr(torch.nn.functional, "scaled_dot_product_attention"):
        return torch.backends.cuda.sdp_kernel(enable_flash=False, enable_mem_efficient=False, enable_math=True)
    return nullcontext()


def _verdict(loss, slope, curvature, rounding):
    if not (math.isfinite(loss) and math.isfinite(slope) and math.isfinite(curvature)):
        return "diverged"
    if abs(curvature) <= rounding:
        return "flat"
    return "concave" if curvature < 0 else "minimum" if slope < 0 else "behind"


def _star(verdict, slope, curvature):
    return None if verdict in (None, "flat", "diverged") else -slope / curvature


def _dot(a, b):
    return sum((p * q).sum() for p, q in zip(a, b))


def _square(tensors):
    """The sum of the squares of all entries."""
    return sum((_wide(p) ** 2).sum().item() for p in tensors)


def _norms(tensors):
    return [_wide(p).norm().item() for p in tensors]


def _wide(tensor):
    """At least float32, for sums."""
    return tensor if tensor.dtype == torch.float64 else tensor.float()


def _finite(value):
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _tensors_in(batch):
    if torch.is_tensor(batch):
        return [batch]
    parts = batch.values() if isinstance(batch, dict) else batch if isinstance(batch, (list, tuple)) else []
    return [tensor for part in parts for tensor in _tensors_in(part)]


def _rows_in(batch):
    """The length of the first dimension of the first tensor in a batch."""
    return next((len(tensor) for tensor in _tensors_in(batch) if tensor.dim() > 0), 1)


def _row(batch, i, rows):
    """Row i of a batch: of each of its tensors whose first dimension is that of the rows."""
    if torch.is_tensor(batch):
        return batch[i : i + 1] if batch.dim() > 0 and len(batch) == rows else batch
    if isinstance(batch, dict):
        return {key: _row(part, i, rows) for key, part in batch.items()}
    if isinstance(batch, (list, tuple)):
        parts = [_row(part, i, rows) for part in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else type(batch)(parts)
    return batch
