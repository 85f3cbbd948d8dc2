# Additional cells of a notebook with held-out rows (notebook.py): loss and accuracy on the training rows and on the held-out rows.

# %% [markdown] id="held" generated

# %% id="held-data" generated folded

# %% id="held-code"
def outputs_of(params, x):
    """The network's outputs for the rows x: the last layer's z."""
    for k in range(0, len(params), 2):
        z = x @ params[k] + params[k + 1]
        x = ACTIVATIONS[ACTIVATION](z)
    return z


for name, x, y in (("training rows", X, Y), ("held-out rows", X_HELD, Y_HELD)):
    line = f"{len(x)} {name} after step {STEPS}: loss {loss_of(train.params, x, y).item():.6f}"
    if LOSS == "cross-entropy":
        right = (outputs_of(train.params, x).argmax(1) == y.argmax(1)).double().mean().item()
        line += f", {100 * right:.1f} % correct"
    print(line)
