"""Of three embeddings in a triplet loss the anchor gets a gradient, and the two it is compared with get none."""

import numpy as np

SOURCE = "https://github.com/jhjin/triplet-criterion/issues/2"
THREAD = "jhjin/triplet-criterion #2"
DATE = "2016-05"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a = \tfrac2m (n - p),\; \partial C / \partial p = \partial C / \partial n = 0,\; "
    r"C = \tfrac1m \textstyle\sum \max(0, \lVert a - p \rVert^2 + \alpha - \lVert a - n \rVert^2)"
)
RIGHT = (
    r"\partial C / \partial a = \tfrac2m (n - p),\; \partial C / \partial p = \tfrac2m (p - a),\; "
    r"\partial C / \partial n = \tfrac2m (a - n)"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
INPUTS, LENGTH = 3, 3
ALPHA = 2.0
NET = None  # a loss of triplets
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((INPUTS, LENGTH)), rng.standard_normal(LENGTH)]


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), np.arange(SAMPLES) % 3


class TripletCriterion:
    def __init__(self, margin):
        self.alpha = margin

    def update_output(self, input, target):
        nb_batch = len(input)
        dist = np.linalg.norm(input.real[:, None] - input.real[None, :], axis=2)
        self.embeddings = []
        for i in range(nb_batch):
            ipos, vpos = i, 0.0
            for j in range(nb_batch):
                if target[j] == target[i] and vpos < dist[i, j]:
                    ipos, vpos = j, dist[i, j]
            ineg, vneg = i, np.inf
            for j in range(nb_batch):
                if target[j] != target[i] and vpos < dist[i, j] < vneg:
                    ineg, vneg = j, dist[i, j]
            self.embeddings.append((i, ipos, ineg))
        self.loss = []
        for i, ipos, ineg in self.embeddings:
            if i == ineg:  # no negative was found
                self.loss.append(0.0)
            else:
                d_ap = np.sum((input[i] - input[ipos]) ** 2)
                d_an = np.sum((input[i] - input[ineg]) ** 2)
                loss = d_ap + self.alpha - d_an
                self.loss.append(loss if loss.real > 0 else 0.0)
        return sum(self.loss) / nb_batch

    def update_grad_input(self, input):
        nb_pairs = len(self.loss)
        grad_input = np.zeros_like(input)
        for k, (i, ipos, ineg) in enumerate(self.embeddings):
            if self.loss[k] > 0:
                grad_input[i] = (input[ineg] - input[ipos]) * 2 / nb_pairs
        return grad_input


class RepairedTripletCriterion(TripletCriterion):
    def update_grad_input(self, input):
        nb_pairs = len(self.loss)
        grad_input = np.zeros_like(input)
        for k, (i, ipos, ineg) in enumerate(self.embeddings):
            if self.loss[k] > 0:
                grad_input[i] += (input[ineg] - input[ipos]) * 2 / nb_pairs
                grad_input[ipos] += (input[ipos] - input[i]) * 2 / nb_pairs
                grad_input[ineg] += (input[i] - input[ineg]) * 2 / nb_pairs
        return grad_input


def embed(params, X):
    W, b = params
    return np.tanh(X @ W + b)


def cost(params, X, Y):
    return TripletCriterion(ALPHA).update_output(embed(params, X), Y)


def backward(params, X, Y, criterion):
    embedding = embed(params, X)
    criterion.update_output(embedding, Y)
    delta = criterion.update_grad_input(embedding) * (1 - embedding**2)
    return [X.T @ delta, delta.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, TripletCriterion(ALPHA))


def repaired(params, X, Y):
    return backward(params, X, Y, RepairedTripletCriterion(ALPHA))
