# The cells of every exported notebook that make d of the gradient: a text and a class for each optimiser, of which a notebook takes one.

# %% [markdown] id="adam"
# ## Adam's direction
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, Adam keeps two moments and takes $g$ into them *first*:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2$$
#
# Both start at 0, so at first they are too small. The usual correction divides by $1-\beta^t$. The same thing in a form that
# stays right when $\beta$ is changed during the run is a pair of running normalisers, from 0:
#
# $$c_1 \leftarrow \beta_1 c_1 + (1-\beta_1) \qquad c_2 \leftarrow \beta_2 c_2 + (1-\beta_2)$$
#
# Adam's step is then $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction
#
# $$d = -\,\frac{m/c_1}{\sqrt{v/c_2}+\varepsilon}$$

# %% id="adam-code"
class Optimiser:
    """Adam as a direction: applying it is up to whoever asked for it."""

    def __init__(self, params):
        self.m = [torch.zeros_like(p) for p in params]
        self.v = [torch.zeros_like(p) for p in params]
        self.c1 = self.c2 = 0.0

    def direction(self, params, g, now):
        """Takes the gradient in, and gives d."""
        beta1, beta2, eps = now["beta1"], now["beta2"], now["eps"]
        self.m = [beta1 * m + (1 - beta1) * p for m, p in zip(self.m, g)]
        self.v = [beta2 * v + (1 - beta2) * p * p for v, p in zip(self.v, g)]
        self.c1 = beta1 * self.c1 + (1 - beta1)
        self.c2 = beta2 * self.c2 + (1 - beta2)
        self.m_hat = [m / self.c1 for m in self.m]
        root = [(v / self.c2).sqrt() + eps for v in self.v]
        self.P = [self.c1 * r for r in root]
        return [-m / r for m, r in zip(self.m_hat, root)]

    def threshold(self, now):
        """The edge of stability: what the largest eigenvalue of P^-½HP^-½ may be."""
        return (2 + 2 * now["beta1"]) / ((1 - now["beta1"]) * now["lr"])

# %% [markdown] id="sgd"
# ## SGD's direction
#
# Plain descent remembers nothing. With the gradient $g = \nabla L_B(\theta)$ of this minibatch its step is
# $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction
#
# $$d = -g$$

# %% id="sgd-code"
class Optimiser:
    """SGD as a direction: applying it is up to whoever asked for it."""

    def __init__(self, params):
        self.m_hat = None
        self.P = [torch.ones_like(p) for p in params]

    def direction(self, params, g, now):
        """Takes the gradient in, and gives d."""
        return [-p for p in g]

    def threshold(self, now):
        """The edge of stability: what the largest eigenvalue of P^-½HP^-½ may be."""
        return 2 / now["lr"]

# %% [markdown] id="momentum"
# ## Momentum's direction
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, the heavy ball (`torch.optim.SGD` with momentum) keeps one memory and takes
# $g$ into it *first*. Its step is $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction $d$:
#
# $$m \leftarrow \beta_1 m + g \qquad d = -m$$

# %% id="momentum-code"
class Optimiser:
    """Momentum as a direction: applying it is up to whoever asked for it."""

    def __init__(self, params):
        self.m = [torch.zeros_like(p) for p in params]
        self.P = [torch.ones_like(p) for p in params]

    def direction(self, params, g, now):
        """Takes the gradient in, and gives d."""
        self.m = self.m_hat = [now["beta1"] * m + p for m, p in zip(self.m, g)]
        return [-m for m in self.m]

    def threshold(self, now):
        """The edge of stability: what the largest eigenvalue of P^-½HP^-½ may be."""
        return (2 + 2 * now["beta1"]) / now["lr"]

# %% [markdown] id="rmsprop"
# ## RMSProp's direction
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, RMSProp keeps a mean of its squares, takes $g$ into it *first*, and corrects
# no bias. Its step is $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction $d$:
#
# $$v \leftarrow \beta_2 v + (1-\beta_2)\,g^2 \qquad d = -\,\frac{g}{\sqrt{v}+\varepsilon}$$

# %% id="rmsprop-code"
class Optimiser:
    """RMSProp as a direction: applying it is up to whoever asked for it."""

    def __init__(self, params):
        self.v = [torch.zeros_like(p) for p in params]
        self.m_hat = None

    def direction(self, params, g, now):
        """Takes the gradient in, and gives d."""
        beta2 = now["beta2"]
        self.v = [beta2 * v + (1 - beta2) * p * p for v, p in zip(self.v, g)]
        self.P = [v.sqrt() + now["eps"] for v in self.v]
        return [-p / r for p, r in zip(g, self.P)]

    def threshold(self, now):
        """The edge of stability: what the largest eigenvalue of P^-½HP^-½ may be."""
        return 2 / now["lr"]

# %% [markdown] id="adamw"
# ## AdamW's direction
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, AdamW keeps Adam's two moments and takes $g$ into them *first*:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2$$
#
# Both start at 0, so at first they are too small. The usual correction divides by $1-\beta^t$. The same thing in a form that
# stays right when $\beta$ is changed during the run is a pair of running normalisers, from 0:
#
# $$c_1 \leftarrow \beta_1 c_1 + (1-\beta_1) \qquad c_2 \leftarrow \beta_2 c_2 + (1-\beta_2)$$
#
# Its weight decay $\lambda$ stands beside the gradient, not in it: the step $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ goes along
#
# $$d = -\,\frac{m/c_1}{\sqrt{v/c_2}+\varepsilon} - \lambda\theta$$

# %% id="adamw-code"
class Optimiser:
    """AdamW as a direction: applying it is up to whoever asked for it."""

    def __init__(self, params):
        self.m = [torch.zeros_like(p) for p in params]
        self.v = [torch.zeros_like(p) for p in params]
        self.c1 = self.c2 = 0.0

    def direction(self, params, g, now):
        """Takes the gradient in, and gives d."""
        beta1, beta2, eps = now["beta1"], now["beta2"], now["eps"]
        self.m = [beta1 * m + (1 - beta1) * p for m, p in zip(self.m, g)]
        self.v = [beta2 * v + (1 - beta2) * p * p for v, p in zip(self.v, g)]
        self.c1 = beta1 * self.c1 + (1 - beta1)
        self.c2 = beta2 * self.c2 + (1 - beta2)
        self.m_hat = [m / self.c1 for m in self.m]
        root = [(v / self.c2).sqrt() + eps for v in self.v]
        self.P = [self.c1 * r for r in root]
        return [-m / r - now["weightDecay"] * p for m, r, p in zip(self.m_hat, root, params)]

    def threshold(self, now):
        """The edge of stability: what the largest eigenvalue of P^-½HP^-½ may be."""
        beta1, lr = now["beta1"], now["lr"]
        return (1 + beta1) * (2 - lr * now["weightDecay"]) / ((1 - beta1) * lr)

# %% [markdown] id="amsgrad"
# ## AMSGrad's direction
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, AMSGrad keeps Adam's two moments, takes $g$ into them *first*, and keeps the
# largest $v$ so far:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2 \qquad v_{\max} \leftarrow \max(v_{\max}, v)$$
#
# Both start at 0, so at first they are too small. The usual correction divides by $1-\beta^t$. The same thing in a form that
# stays right when $\beta$ is changed during the run is a pair of running normalisers, from 0:
#
# $$c_1 \leftarrow \beta_1 c_1 + (1-\beta_1) \qquad c_2 \leftarrow \beta_2 c_2 + (1-\beta_2)$$
#
# AMSGrad's step is then $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction
#
# $$d = -\,\frac{m/c_1}{\sqrt{v_{\max}/c_2}+\varepsilon}$$

# %% id="amsgrad-code"
class Optimiser:
    """AMSGrad as a direction: applying it is up to whoever asked for it."""

    def __init__(self, params):
        self.m = [torch.zeros_like(p) for p in params]
        self.v = [torch.zeros_like(p) for p in params]
        self.largest = [torch.zeros_like(p) for p in params]
        self.c1 = self.c2 = 0.0

    def direction(self, params, g, now):
        """Takes the gradient in, and gives d."""
        beta1, beta2, eps = now["beta1"], now["beta2"], now["eps"]
        self.m = [beta1 * m + (1 - beta1) * p for m, p in zip(self.m, g)]
        self.v = [beta2 * v + (1 - beta2) * p * p for v, p in zip(self.v, g)]
        self.largest = [torch.maximum(w, v) for w, v in zip(self.largest, self.v)]
        self.c1 = beta1 * self.c1 + (1 - beta1)
        self.c2 = beta2 * self.c2 + (1 - beta2)
        self.m_hat = [m / self.c1 for m in self.m]
        root = [(w / self.c2).sqrt() + eps for w in self.largest]
        self.P = [self.c1 * r for r in root]
        return [-m / r for m, r in zip(self.m_hat, root)]

    def threshold(self, now):
        """The edge of stability: what the largest eigenvalue of P^-½HP^-½ may be."""
        return (2 + 2 * now["beta1"]) / ((1 - now["beta1"]) * now["lr"])

# %% [markdown] id="nadam"
# ## NAdam's direction
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, NAdam keeps Adam's two moments and takes $g$ into them *first*:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2$$
#
# It looks a step ahead by taking $g$ in a second time, with a momentum that grows, $\mu_t = \beta_1(1 - \tfrac12\, 0.96^{0.004\,t})$. Biases are
# corrected by $c_1 = 1 - \prod\mu$ and, as with Adam, $c_2 \leftarrow \beta_2 c_2 + (1-\beta_2)$. Its step is
# $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction
#
# $$d = -\,\frac{\hat m}{\sqrt{v/c_2}+\varepsilon} \qquad \hat m = \frac{\mu_{t+1}\,m}{1 - \mu_{t+1}\prod\mu} + \frac{(1-\mu_t)\,g}{1 - \prod\mu}$$

# %% id="nadam-code"
class Optimiser:
    """NAdam as a direction: applying it is up to whoever asked for it."""

    def __init__(self, params):
        self.m = [torch.zeros_like(p) for p in params]
        self.v = [torch.zeros_like(p) for p in params]
        self.c1 = self.c2 = 0.0
        self.t = 0

    def direction(self, params, g, now):
        """Takes the gradient in, and gives d."""
        beta1, beta2, eps = now["beta1"], now["beta2"], now["eps"]
        self.m = [beta1 * m + (1 - beta1) * p for m, p in zip(self.m, g)]
        self.v = [beta2 * v + (1 - beta2) * p * p for v, p in zip(self.v, g)]
        self.t += 1
        mu, ahead = self.mu(now, self.t), self.mu(now, self.t + 1)
        self.c1 = mu * self.c1 + (1 - mu)
        self.c2 = beta2 * self.c2 + (1 - beta2)
        self.m_hat = [m / self.c1 for m in self.m]
        root = [(v / self.c2).sqrt() + eps for v in self.v]
        self.P = [self.c1 * r for r in root]
        next_c1 = ahead * self.c1 + (1 - ahead)
        mixed = [ahead * m / next_c1 + (1 - mu) * p / self.c1 for m, p in zip(self.m, g)]
        return [-m / r for m, r in zip(mixed, root)]

    def threshold(self, now):
        """The edge of stability: what the largest eigenvalue of P^-½HP^-½ may be."""
        beta1 = now["beta1"]
        return (2 + 2 * beta1) / ((1 + beta1 - 2 * beta1 * self.mu(now, self.t)) * now["lr"])

    @staticmethod
    def mu(now, t):
        return now["beta1"] * (1 - 0.5 * 0.96 ** (0.004 * t))
