# The cells of every exported notebook that compute d from the gradient: a text and a class for each optimiser, of which a
# notebook holds one. The optimisers with Adam's moment estimates share the class Moments and its text.

# %% [markdown] id="moments"
# ## Moment estimates
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, the optimiser first updates two moving averages:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2$$
#
# Both start at 0, so the first values are too small. The usual bias correction divides them by $1-\beta^t$. Two running
# normalisers, which also start at 0, give the same correction and stay correct when $\beta$ changes during the run:
#
# $$c_1 \leftarrow \beta_1 c_1 + (1-\beta_1) \qquad c_2 \leftarrow \beta_2 c_2 + (1-\beta_2)$$

# %% id="moments-code"
class Moments:
    """The state of an optimiser with moment estimates, per parameter tensor."""

    def __init__(self, params):
        self.m = [torch.zeros_like(p) for p in params]
        self.v = [torch.zeros_like(p) for p in params]
        self.c1 = self.c2 = 0.0

    def update(self, g, now, mu=None):
        """Updates m, v, c1 and c2 with the gradient g. mu: the decay of c1, β₁ by default."""
        beta1, beta2 = now["beta1"], now["beta2"]
        mu = beta1 if mu is None else mu
        self.m = [beta1 * m + (1 - beta1) * p for m, p in zip(self.m, g)]
        self.v = [beta2 * v + (1 - beta2) * p * p for v, p in zip(self.v, g)]
        self.c1 = mu * self.c1 + (1 - mu)
        self.c2 = beta2 * self.c2 + (1 - beta2)
        self.m_hat = [m / self.c1 for m in self.m]

    def denominator(self, v, now):
        """√(v/c₂) + ε. Also sets P, the preconditioner: d is −m/P, if weight decay and Nesterov momentum are left out."""
        root = [(w / self.c2).sqrt() + now["eps"] for w in v]
        self.P = [self.c1 * r for r in root]
        return root

    def threshold(self, now):
        """The edge of stability: the largest stable eigenvalue of P^-½HP^-½."""
        return (2 + 2 * now["beta1"]) / ((1 - now["beta1"]) * now["lr"])

# %% [markdown] id="adam"
# ## Adam's direction
#
# Adam's step is $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction
#
# $$d = -\,\frac{m/c_1}{\sqrt{v/c_2}+\varepsilon}$$

# %% id="adam-code"
class Optimiser(Moments):
    """Adam's direction. The caller applies the step."""

    def direction(self, params, g, now):
        """Updates the moment estimates with the gradient and returns d."""
        self.update(g, now)
        return [-m / r for m, r in zip(self.m_hat, self.denominator(self.v, now))]

# %% [markdown] id="sgd"
# ## SGD's direction
#
# SGD without momentum keeps no state. With the gradient $g = \nabla L_B(\theta)$ of this minibatch its step is
# $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction
#
# $$d = -g$$

# %% id="sgd-code"
class Optimiser:
    """SGD's direction. The caller applies the step."""

    def __init__(self, params):
        self.m_hat = None
        self.P = [torch.ones_like(p) for p in params]

    def direction(self, params, g, now):
        """Returns d for the gradient g."""
        return [-p for p in g]

    def threshold(self, now):
        """The edge of stability: the largest stable eigenvalue of P^-½HP^-½."""
        return 2 / now["lr"]

# %% [markdown] id="momentum"
# ## Momentum's direction
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, SGD with momentum (heavy ball, `torch.optim.SGD`) first updates its momentum $m$.
# Its step is $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction $d$:
#
# $$m \leftarrow \beta_1 m + g \qquad d = -m$$

# %% id="momentum-code"
class Optimiser:
    """Momentum's direction. The caller applies the step."""

    def __init__(self, params):
        self.m = [torch.zeros_like(p) for p in params]
        self.P = [torch.ones_like(p) for p in params]

    def direction(self, params, g, now):
        """Updates the momentum with the gradient and returns d."""
        self.m = self.m_hat = [now["beta1"] * m + p for m, p in zip(self.m, g)]
        return [-m for m in self.m]

    def threshold(self, now):
        """The edge of stability: the largest stable eigenvalue of P^-½HP^-½."""
        return (2 + 2 * now["beta1"]) / now["lr"]

# %% [markdown] id="rmsprop"
# ## RMSProp's direction
#
# With the gradient $g = \nabla L_B(\theta)$ of this minibatch, RMSProp first updates the moving average $v$ of its square. There is no
# bias correction. Its step is $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction $d$:
#
# $$v \leftarrow \beta_2 v + (1-\beta_2)\,g^2 \qquad d = -\,\frac{g}{\sqrt{v}+\varepsilon}$$

# %% id="rmsprop-code"
class Optimiser:
    """RMSProp's direction. The caller applies the step."""

    def __init__(self, params):
        self.v = [torch.zeros_like(p) for p in params]
        self.m_hat = None

    def direction(self, params, g, now):
        """Updates the moving average with the gradient and returns d."""
        beta2 = now["beta2"]
        self.v = [beta2 * v + (1 - beta2) * p * p for v, p in zip(self.v, g)]
        self.P = [v.sqrt() + now["eps"] for v in self.v]
        return [-p / r for p, r in zip(g, self.P)]

    def threshold(self, now):
        """The edge of stability: the largest stable eigenvalue of P^-½HP^-½."""
        return 2 / now["lr"]

# %% [markdown] id="adamw"
# ## AdamW's direction
#
# AdamW adds the weight decay $\lambda$ to Adam's direction and not to the gradient. Its step is $\theta \leftarrow \theta + \mathrm{lr}\cdot d$
# along the direction
#
# $$d = -\,\frac{m/c_1}{\sqrt{v/c_2}+\varepsilon} - \lambda\theta$$

# %% id="adamw-code"
class Optimiser(Moments):
    """AdamW's direction. The caller applies the step."""

    def direction(self, params, g, now):
        """Updates the moment estimates with the gradient and returns d."""
        self.update(g, now)
        root = self.denominator(self.v, now)
        return [-m / r - now["weightDecay"] * p for m, r, p in zip(self.m_hat, root, params)]

    def threshold(self, now):
        """The edge of stability: the largest stable eigenvalue of P^-½HP^-½."""
        beta1, lr = now["beta1"], now["lr"]
        return (1 + beta1) * (2 - lr * now["weightDecay"]) / ((1 - beta1) * lr)

# %% [markdown] id="amsgrad"
# ## AMSGrad's direction
#
# AMSGrad also keeps the elementwise maximum of $v$ over all steps so far. Its step is $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along
# the direction $d$:
#
# $$v_{\max} \leftarrow \max(v_{\max}, v) \qquad d = -\,\frac{m/c_1}{\sqrt{v_{\max}/c_2}+\varepsilon}$$

# %% id="amsgrad-code"
class Optimiser(Moments):
    """AMSGrad's direction. The caller applies the step."""

    def __init__(self, params):
        super().__init__(params)
        self.largest = [torch.zeros_like(p) for p in params]

    def direction(self, params, g, now):
        """Updates the moment estimates and the maximum with the gradient and returns d."""
        self.update(g, now)
        self.largest = [torch.maximum(w, v) for w, v in zip(self.largest, self.v)]
        return [-m / r for m, r in zip(self.m_hat, self.denominator(self.largest, now))]

# %% [markdown] id="nadam"
# ## NAdam's direction
#
# NAdam adds Nesterov momentum: $g$ is also used directly, with the momentum $\mu_t = \beta_1(1 - \tfrac12\, 0.96^{0.004\,t})$, which increases
# with $t$. The normaliser of $m$ is $c_1 = 1 - \prod\mu$ instead. Its step is
# $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction
#
# $$d = -\,\frac{\hat m}{\sqrt{v/c_2}+\varepsilon} \qquad \hat m = \frac{\mu_{t+1}\,m}{1 - \mu_{t+1}\prod\mu} + \frac{(1-\mu_t)\,g}{1 - \prod\mu}$$

# %% id="nadam-code"
class Optimiser(Moments):
    """NAdam's direction. The caller applies the step."""

    def __init__(self, params):
        super().__init__(params)
        self.t = 0

    def direction(self, params, g, now):
        """Updates the moment estimates with the gradient and returns d."""
        self.t += 1
        mu, next_mu = self.mu(now, self.t), self.mu(now, self.t + 1)
        self.update(g, now, mu)
        next_c1 = next_mu * self.c1 + (1 - next_mu)
        mixed = [next_mu * m / next_c1 + (1 - mu) * p / self.c1 for m, p in zip(self.m, g)]
        return [-m / r for m, r in zip(mixed, self.denominator(self.v, now))]

    def threshold(self, now):
        """The edge of stability: the largest stable eigenvalue of P^-½HP^-½."""
        beta1 = now["beta1"]
        return (2 + 2 * beta1) / ((1 + beta1 - 2 * beta1 * self.mu(now, self.t)) * now["lr"])

    @staticmethod
    def mu(now, t):
        return now["beta1"] * (1 - 0.5 * 0.96 ** (0.004 * t))

# %% [markdown] id="lion"
# ## Lion's direction
#
# Lion ([arXiv 2302.06675](https://arxiv.org/abs/2302.06675)) takes the sign of an average of its momentum $m$ and the gradient
# $g = \nabla L_B(\theta)$ of this minibatch, and then updates $m$ with another decay. Its weight decay $\lambda$ is that of AdamW. Its step is
# $\theta \leftarrow \theta + \mathrm{lr}\cdot d$ along the direction $d$:
#
# $$d = -\operatorname{sign}(\beta_1 m + (1-\beta_1)\,g) - \lambda\theta \qquad m \leftarrow \beta_2 m + (1-\beta_2)\,g$$

# %% id="lion-code"
class Optimiser:
    """Lion's direction. The caller applies the step. No stability threshold is known for steps along a sign."""

    def __init__(self, params):
        self.m = [torch.zeros_like(p) for p in params]
        self.P = [torch.ones_like(p) for p in params]

    def direction(self, params, g, now):
        """Returns d for the gradient g, and then updates the momentum."""
        beta1, beta2 = now["beta1"], now["beta2"]
        signs = [(beta1 * m + (1 - beta1) * p).sign() for m, p in zip(self.m, g)]
        self.m = self.m_hat = [beta2 * m + (1 - beta2) * p for m, p in zip(self.m, g)]
        return [-s - now["weightDecay"] * p for s, p in zip(signs, params)]
