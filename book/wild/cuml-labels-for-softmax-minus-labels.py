"""A missing pair of parentheses makes the condition of all that stands before it, and the labels are left."""

import numpy as np

SOURCE = "https://github.com/rapidsai/cuml/commit/c9182ca62f"
THREAD = "rapidsai/cuml c9182ca62f"
DATE = "2019-02"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\partial L / \partial Z_{cn} = [c = y_n] \text{ where } e^{Z_{cn} - \mathrm{lse}_n} \ne 1"
RIGHT = r"\partial L / \partial Z_{cn} = e^{Z_{cn} - \mathrm{lse}_n} - [c = y_n]"
READ = "code"  # the loss as mended: its sign was wrong too; the linear layer around the kernel is written anew
LAYER = [1]
NAMES = []
NET = None  # labels are numbers, samples are columns and the bias is the weights' last column
BLOCKS = ["W[1]"]
SAMPLES = 8
LAM = 0.0
C, D = 3, 4


def start(rng):
    return rng.standard_normal((C, D + 1))


def data(rng):
    """A column for each sample."""
    return rng.standard_normal((D, SAMPLES)), rng.integers(0, C, SAMPLES)


def logsoftmaxKernel2(dZ, Z, labels, getDerivative=True, right=False):
    out = 0.0
    N = len(labels)
    for y in range(N):
        label = labels[y]
        # Phase 1: Find Maximum m over column
        etaMax = -1e9
        for x in range(C):
            myEta = Z[x, y]
            if x == label:
                eta_y = myEta
            etaMax = max(myEta.real, etaMax)

        # Phase 2: Compute stabilized log-sum-exp over column
        lse = 0.0
        for x in range(C):
            lse = lse + np.exp(Z[x, y] - etaMax)
        lse = etaMax + np.log(lse)

        # Phase 3: Compute derivatives dL/dZ = P - delta_y
        for x in range(C):
            logP = Z[x, y] - lse
            if right:
                dZ[x, y] = np.exp(logP) - ((x == label) if getDerivative else 0.0)
            else:
                # exp(logP) - getDerivative ? (x == label) : 0
                dZ[x, y] = (x == label) if np.exp(logP) - getDerivative else 0.0

        # Phase 4: accumulate loss value
        out = out + (lse - eta_y) / N
    return out


class Softmax:
    right = False

    def getLossAndDZ(self, Z, y):
        dZ = np.zeros_like(Z)
        loss_val = logsoftmaxKernel2(dZ, Z, y, right=self.right)
        return loss_val, dZ

    def loss_grad(self, W, X, y):
        Z = W[:, :-1] @ X + W[:, -1:]
        loss_val, dZ = self.getLossAndDZ(Z, y)
        G = np.zeros_like(W)
        G[:, :-1] = dZ @ X.T / len(y)
        G[:, -1] = dZ.mean(1)
        return loss_val, G


class SoftmaxMended(Softmax):
    right = True


def cost(W, X, Y):
    return Softmax().loss_grad(W, X, Y)[0]


def grad(W, X, Y):
    return Softmax().loss_grad(W, X, Y)[1]


def repaired(W, X, Y):
    return SoftmaxMended().loss_grad(W, X, Y)[1]
