"""The divergence of an embedding takes its similarities without their power of the degrees of freedom."""

import numpy as np

SOURCE = "https://github.com/pavlin-policar/openTSNE/issues/238"
THREAD = "pavlin-policar/openTSNE #238, PR #246, 83ba581"
DATE = "2023-03"
KIND = "cost"
FORMULA = (
    r"C = \textstyle\sum_{ij} p_{ij} \log (p_{ij} / w_{ij}) + \log \sum_{ij} w_{ij}^\alpha,\; "
    r"w_{ij} = 1 / (1 + d_{ij}^2 / \alpha)"
)
RIGHT = (
    r"C = \textstyle\sum_{ij} p_{ij} \log (p_{ij} / w_{ij}^\alpha) + \log \sum_{ij} w_{ij}^\alpha,\; "
    r"w_{ij} = 1 / (1 + d_{ij}^2 / \alpha)"
)
READ = "code"  # the quad tree is gone through down to its points, as it is for theta = 0
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # an embedding of points in the plane
BLOCKS = ["embedding[1]"]
SAMPLES = 9
LAM = 0.0
DOF = 3.0
EPSILON = np.finfo(np.float64).eps


def start(rng):
    """The points in the plane."""
    return 1.5 * rng.standard_normal((SAMPLES, 2))


def data(rng):
    """The affinities, those of each point with its five nearest made the same both ways, and nothing to aim at."""
    points = rng.standard_normal((SAMPLES, 4))
    distances = np.sum((points[:, None] - points[None]) ** 2, axis=2)
    P = np.exp(-distances / 2)
    for i in range(SAMPLES):
        P[i, np.argsort(distances[i])[[0, *range(6, SAMPLES)]]] = 0.0
    P = P + P.T
    return P / P.sum(), np.zeros((SAMPLES, 1))


class Mended:
    def kernel_in_divergence(self, q_ij, dof):
        return q_ij**dof

    def attraction(self, q_ij, dof):
        return q_ij


class AsItWas(Mended):
    def kernel_in_divergence(self, q_ij, dof):
        return q_ij


class OfDivergence(Mended):
    """The attraction that goes with the divergence as it was."""

    def attraction(self, q_ij, dof):
        return q_ij / dof


def estimate_positive_gradient_nn(P, embedding, reference_embedding, gradient, dof, should_eval_error, version):
    n_samples, n_dims = gradient.shape
    kl_divergence, sum_P = 0.0, 0.0

    for i in range(n_samples):
        # Iterate over all the neighbors `j` and sum up their contribution
        for j in np.flatnonzero(P[i]):
            p_ij = P[i, j]
            # Compute the direction of the points attraction and the
            # squared euclidean distance between the points
            d_ij = 0
            diff = [0.0] * n_dims
            for d in range(n_dims):
                diff[d] = embedding[i, d] - reference_embedding[j, d]
                d_ij = d_ij + diff[d] * diff[d]

            # No need exp by dof here because the terms cancel out
            q_ij = 1 / (1 + d_ij / dof)

            # Compute F_{attr} of point `j` on point `i`
            for d in range(n_dims):
                gradient[i, d] = gradient[i, d] + version.attraction(q_ij, dof) * p_ij * diff[d]

            # Note that the q_ij is unnormalized, so we need to normalize once
            # the sum of q_ij is known
            if should_eval_error:
                sum_P += p_ij
                kernel = version.kernel_in_divergence(q_ij, dof)
                kl_divergence += p_ij * np.log((p_ij / (kernel + EPSILON)) + EPSILON)

    return sum_P, kl_divergence


def estimate_negative_gradient_bh(embedding, gradient, dof):
    sum_Q = 0
    for i in range(len(embedding)):
        for j in range(len(embedding)):
            if j == i:
                continue
            distance = EPSILON
            for d in range(embedding.shape[1]):
                tmp = embedding[j, d] - embedding[i, d]
                distance += tmp * tmp

            q_ij = 1 / (1 + distance / dof) ** dof
            sum_Q += q_ij

            q_ij = q_ij ** ((dof + 1) / dof)
            for d in range(embedding.shape[1]):
                gradient[i, d] -= q_ij * (embedding[i, d] - embedding[j, d])

    # Normalize q_{ij}s
    gradient /= sum_Q + EPSILON
    return sum_Q


def kl_divergence_bh(embedding, P, dof, version):
    gradient = np.zeros_like(embedding)

    # Compute negative gradient
    sum_Q = estimate_negative_gradient_bh(embedding, gradient, dof)

    # Compute positive gradient
    sum_P, kl_divergence_ = estimate_positive_gradient_nn(P, embedding, embedding, gradient, dof, True, version)

    # Computing positive gradients summed up only unnormalized q_ijs, so we
    # have to include normalziation term separately
    kl_divergence_ += sum_P * np.log(sum_Q + EPSILON)

    return kl_divergence_, gradient


def cost(embedding, X, Y):
    return kl_divergence_bh(embedding, X, DOF, AsItWas())[0]


def meant(embedding, X, Y):
    return kl_divergence_bh(embedding, X, DOF, Mended())[0]


def grad(embedding, X, Y):
    """Four times what is returned: the author leaves the factor to the rate."""
    return 4 * kl_divergence_bh(embedding, X, DOF, AsItWas())[1]


def repaired(embedding, X, Y):
    return 4 * kl_divergence_bh(embedding, X, DOF, OfDivergence())[1]
