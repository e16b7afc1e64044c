"""Mistakes that nobody had in mind when the diagnosis was written: pieces of a reference, and what stands there."""

UNSEEN = {
    "theta": {
        "q5-bias-subtracted": {"np.ones((len(X), 1))": "-np.ones((len(X), 1))"},
        "q5-steeper": {"np.exp(-received": "np.exp(-2 * received"},
        "q6-base-ten": {"np.log(H)": "np.log10(H)", "np.log(1 - H)": "np.log10(1 - H)"},
        "q6-sign-and-half": {"data = -np.sum": "data = np.sum", "lam / (2 * n)": "lam / n"},
        "q6-penalty-not-squared": {"** 2)": "* 1)"},
        "q7-bias-mean-missing-and-penalty-missing": {"delta.mean(axis=0)": "delta.sum(axis=0)", " + lam / n * W": ""},
        "q7-penalty-sign-and-data-doubled": {"delta.T @": "2 * delta.T @", "+ lam / n": "- lam / n"},
        "q7-slope-cubed": {"* A[l - 1] * (1 - A[l - 1])": "* A[l - 1] ** 2 * (1 - A[l - 1])"},
        "q7-weights-by-n": {"/ len(Y) + lam": "/ n + lam"},
        "q8-h-alone": {"/ (2 * h)": "/ h", "theta - step": "theta"},
        "q8-backward": {"f(theta + step)": "f(theta)", "(2 * h)": "h"},
        "q6-mean-of-all-and-penalty-doubled": {"/ len(Y)": "/ Y.size", "(2 * n)": "n"},
        "q7-sign-below-the-top": {"delta = delta @ W *": "delta = -delta @ W *"},
        "q9-answers-exchanged": {"return l, bias, weights": "return l, weights, bias"},
    },
    "chain_rule": {
        "q1-slopes-exchanged": {
            "cost_by_a * a_by_z * x, cost_by_a * a_by_z": "cost_by_a * a_by_z, cost_by_a * a_by_z * x",
        },
        "q2-bias-subtracted": {"+ b[l]": "- b[l]"},
        "q3-output-error-squared": {"(a - y) *": "(a - y) ** 2 *"},
        "q3-doubled": {"return (a - y)": "return 2 * (a - y)"},
        "q4-sign-and-slope-squared": {"W_above.T": "-W_above.T", "sigma_slope(z)": "sigma_slope(z) ** 2"},
        "q5-both-negative": {"np.outer(": "-np.outer(", "db.append(delta[l])": "db.append(-delta[l])"},
        "q5-bias-doubled": {"db.append(delta[l])": "db.append(2 * delta[l])"},
        "q6-sign": {"(a[-1][last] - y[last])": "(y[last] - a[-1][last])"},
        "q7-weights-doubled-and-bias-summed": {"[D.T @": "[2 * D.T @", "D.mean(axis=0)": "D.sum(axis=0)"},
        "q7-half": {"Delta = [(A[-1] - Y)": "Delta = [(A[-1] - Y) / 2"},
        "q7-transposed-weights-and-negative-bias": {"D.T @ A[l]": "A[l].T @ D", "D.mean": "-D.mean"},
        "q8-rate-squared": {"rate * np.outer": "rate ** 2 * np.outer"},
        "q8-weights-uphill-and-bias-doubled": {
            "- rate * np.outer": "+ rate * np.outer", "- rate * d ": "- 2 * rate * d ",
        },
    },
    "digits": {
        "q1-variance": {"X_train.std(axis=0)": "X_train.var(axis=0)"},
        "q2-exchanged": {
            "1 - np.tanh(z) ** 2, (z > 0).astype(float)": "(z > 0).astype(float), 1 - np.tanh(z) ** 2",
        },
        "q3-sign": {"np.exp(Z - Z.max(axis=1, keepdims=True))": "np.exp(Z.min(axis=1, keepdims=True) - Z)"},
        "q4-root-missing": {"np.sqrt(6 / (n_below + n))": "6 / (n_below + n)"},
        "q7-slope-doubled": {"1 - A ** 2": "2 - 2 * A ** 2"},
        "q8-sign-and-biases": {"lam / m * Theta_l": "-lam / m * Theta_l", "pull[-1][:, 0] = 0": "pass"},
        "q8-mean-twice": {"lam / m": "lam / m ** 2"},
        "q8-squared": {"lam / m * Theta_l": "lam / m * Theta_l ** 2"},
        "q9-rate-forgotten": {"lr * G": "G"},
        "q9-uphill-and-mean-missing": {"- lr * G": "+ lr * G", " / len(Y)": ""},
        "q11-sign-of-all": {"G[l] = (": "G[l] = -("},
        "q11-half-and-penalty-sign": {"A[-1] - Y\n": "(A[-1] - Y) / 2\n", "+ decay": "- decay"},
        "q11-bias-without-mean-and-no-penalty": {"[Delta.sum(axis=0)": "[m * Delta.sum(axis=0)", " + decay)": ")"},
    },
}  # fmt: skip


def source_of(reference, pieces):
    """The reference with other pieces in it; each has to be there."""
    for piece, other in pieces.items():
        if piece not in reference:
            raise ValueError(f"{piece!r} is not in the reference")
        reference = reference.replace(piece, other)
    return reference
