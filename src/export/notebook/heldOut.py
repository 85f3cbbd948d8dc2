# Additional cells of a notebook with held-out rows (notebook.py): loss and accuracy on the training rows and on the held-out rows.

# %% [markdown] id="held" generated

# %% id="held-data" generated folded

# %% id="held-code"
def scores_of(after, **_):
    values = {}
    for name, x, y in (("training rows", X, Y), ("held-out rows", X_HELD, Y_HELD)):
        z = output_of(after, x)
        values[f"{name}, loss"] = (losses_at(z, y).mean().item(), 0.0)
        if LOSS == "cross-entropy":
            right = (z.argmax(1) == y.argmax(1)).double().mean().item()
            first, second = z.topk(2, 1).values.T
            close = (first - second < BOUND * z.abs().max()).double().mean().item()  # rows that rounding errors may decide
            values[f"{name}, accuracy"] = (right, close / BOUND)
    return values


show(f"Scores ({len(X)} training rows, {len(X_HELD)} held-out rows)", scores_of)
