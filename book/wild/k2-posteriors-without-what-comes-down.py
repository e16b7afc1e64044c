"""Total scores of lattices pass down their posteriors as they are, whatever gradient they get, and its sign."""

import numpy as np

SOURCE = "https://github.com/k2-fsa/k2/issues/341"
THREAD = "k2-fsa/k2 #341, PR #342"
DATE = "2020-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial s_a = p_a"
RIGHT = (
    r"\partial C / \partial s_a = p_a\, \partial C / \partial t,\; "
    r"t = \log \textstyle\sum_\pi e^{\sum_{a \in \pi} s_a}"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # a linear layer below two lattices
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 6
LAM = 0.0
FRAMES, FEATURES, LABELS = 4, 2, 3


def start(rng):
    return [rng.standard_normal((FEATURES, LABELS)), rng.standard_normal(LABELS)]


def data(rng):
    """The labels of a sample stand in this order over its frames, each at least once."""
    X = rng.standard_normal((SAMPLES, FRAMES * FEATURES))
    return X, np.array([rng.permutation(LABELS)[:2] for _ in range(SAMPLES)])


class Fsa:
    """Arcs (source, destination, frame, label) in topological order; the last state is the final one."""

    def __init__(self, arcs):
        self.arcs = arcs
        self.num_states = 1 + max(dest for _, dest, _, _ in arcs)

    def set_scores(self, dense):
        self.scores = np.array([dense[frame, label] for _, _, frame, label in self.arcs])

    def update_forward_scores_log(self):
        scores = np.full(self.num_states, -np.inf, self.scores.dtype)
        scores[0] = 0
        entering = [[] for _ in range(self.num_states)]
        for a, (src, dest, _, _) in enumerate(self.arcs):
            entering[dest].append((a, src))
        for state in range(1, self.num_states):
            scores[state] = np.log(sum(np.exp(scores[src] + self.scores[a]) for a, src in entering[state]))
        return scores

    def update_tot_scores_log(self):
        return self.update_forward_scores_log()[-1]

    def update_backward_scores_log(self):
        """They have the total score taken off."""
        scores = np.zeros(self.num_states)
        scores[-1] = -self.update_tot_scores_log()
        leaving = [[] for _ in range(self.num_states)]
        for a, (src, dest, _, _) in enumerate(self.arcs):
            leaving[src].append((a, dest))
        for state in range(self.num_states - 2, -1, -1):
            scores[state] = np.log(sum(np.exp(self.scores[a] + scores[dest]) for a, dest in leaving[state]))
        return scores

    def get_arc_scores(self, forward_scores, backward_scores):
        return np.array(
            [forward_scores[src] + s + backward_scores[dest] for (src, dest, _, _), s in zip(self.arcs, self.scores)]
        )


class GetTotScoresFunction:
    @staticmethod
    def forward(ctx, fsa):
        ctx["fsa"] = fsa
        return fsa.update_tot_scores_log()

    @staticmethod
    def backward(ctx, unused):
        fsa = ctx["fsa"]
        arc_scores = fsa.get_arc_scores(fsa.update_forward_scores_log(), fsa.update_backward_scores_log())
        return np.exp(arc_scores)


class GetTotScoresFunctionLater(GetTotScoresFunction):
    @staticmethod
    def backward(ctx, tot_scores_grad):
        fsa = ctx["fsa"]
        arc_scores = fsa.get_arc_scores(fsa.update_forward_scores_log(), fsa.update_backward_scores_log())
        return np.exp(arc_scores) * tot_scores_grad


def numerator(labels):
    """Stay at the first label, or go on to the second."""
    arcs = [(0, 1, 0, labels[0]), (1, 2, 1, labels[0]), (1, 3, 1, labels[1])]
    arcs += [(2, 4, 2, labels[0]), (2, 5, 2, labels[1]), (3, 5, 2, labels[1])]
    return Fsa(arcs + [(4, 6, 3, labels[1]), (5, 6, 3, labels[1])])


def denominator():
    return Fsa([(t, t + 1, t, label) for t in range(FRAMES) for label in range(LABELS)])


def lattices(labels):
    """With the weight of each in the loss."""
    return [(numerator(labels), -1.0 / SAMPLES), (denominator(), 1.0 / SAMPLES)]


def cost(params, X, Y):
    W, b = params
    loss = 0.0
    for x, labels in zip(X, Y):
        for fsa, weight in lattices(labels):
            fsa.set_scores(x.reshape(FRAMES, FEATURES) @ W + b)
            loss = loss + weight * GetTotScoresFunction.forward({}, fsa)
    return loss


def gradients(params, X, Y, function):
    W, b = params
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for x, labels in zip(X, Y):
        frames = x.reshape(FRAMES, FEATURES)
        for fsa, weight in lattices(labels):
            ctx = {}
            fsa.set_scores(frames @ W + b)
            function.forward(ctx, fsa)
            d_dense = np.zeros((FRAMES, LABELS))
            for (_, _, frame, label), g in zip(fsa.arcs, function.backward(ctx, weight)):
                d_dense[frame, label] += g
            dW += frames.T @ d_dense
            db += d_dense.sum(axis=0)
    return [dW, db]


def grad(params, X, Y):
    return gradients(params, X, Y, GetTotScoresFunction)


def repaired(params, X, Y):
    return gradients(params, X, Y, GetTotScoresFunctionLater)
