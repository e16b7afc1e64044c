"""Both weights of a cloth's bending force carry the stiffness, which the energy and its Hessian have once."""

import numpy as np

SOURCE = "https://github.com/newton-physics/newton/pull/3229"
THREAD = "newton-physics/newton PR #3229, 9aa625aca"
DATE = "2026-06"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"F_i = -\textstyle\sum_j (s w_i)(s w_j)\, x_j,\; s = k / A \text{ of the edge}"
RIGHT = r"F_i = -s \textstyle\sum_j w_i w_j\, x_j,\; E = \tfrac12 \textstyle\sum_e s \lVert \sum_j w_j x_j \rVert^2"
# The energy is that of the Hessian that the program assembles beside the force. The pull request also changes the
# area's share of an edge, in force and Hessian alike; here it stays as it was in both.
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the bending of a strip of cloth
BLOCKS = ["pos[1]"]
SAMPLES = 3
LAM = 0.0
PANEL = np.array([[0.0, 0.0], [1.0, 0.1], [0.1, 1.0], [1.1, 1.1], [0.0, 2.1], [1.0, 2.0]])
EDGES = np.array([[0, 3, 1, 2], [1, 4, 3, 2], [2, 5, 3, 4]])  # two opposite vertices, then the edge itself


def start(rng):
    """Six vertices of four triangles, bent."""
    return np.column_stack([PANEL, np.zeros(6)]) + 0.3 * rng.standard_normal((6, 3))


def data(rng):
    """The edges inside and their stiffnesses."""
    return EDGES, rng.uniform(1.5, 4.0, SAMPLES)


def cross2d(a, b):
    return a[0] * b[1] - a[1] * b[0]


def cot2d(a, b, c):
    ba = b - a
    ca = c - a
    return np.dot(ba, ca) / (np.abs(cross2d(ba, ca)) + 1.0e-8)


def compute_edge_bending_data(edges):
    edge_area, edge_bending_cot = [], []
    for x1, x2, x3, x4 in PANEL[edges]:
        edge_area.append((np.abs(cross2d(x4 - x3, x1 - x3)) + np.abs(cross2d(x4 - x3, x2 - x3)) + 1.0e-8) / 3.0)
        cot1 = cot2d(x3, x4, x1)
        cot2 = cot2d(x3, x4, x2)
        cot3 = cot2d(x4, x3, x1)
        cot4 = cot2d(x4, x3, x2)
        edge_bending_cot.append((cot1, cot2, cot3, cot4))
    return edge_area, edge_bending_cot


def weights_of(cot):
    bend_weight = np.zeros(4)
    bend_weight[2] = cot[2] + cot[3]
    bend_weight[3] = cot[0] + cot[1]
    bend_weight[0] = -cot[0] - cot[2]
    bend_weight[1] = -cot[1] - cot[3]
    return bend_weight


def eval_bend_kernel(eid, pos, edge_rest_area, edge_bending_cot, edges, edge_bending_properties, forces):
    edge = edges[eid]
    edge_stiff = edge_bending_properties[eid] / edge_rest_area[eid]
    bend_weight = weights_of(edge_bending_cot[eid])
    bend_weight = bend_weight * edge_stiff
    for i in range(4):
        force = np.zeros(3)
        for j in range(4):
            force = force - bend_weight[i] * bend_weight[j] * pos[edge[j]]
        forces[edge[i]] += force


def eval_bend_kernel_mended(eid, pos, edge_rest_area, edge_bending_cot, edges, edge_bending_properties, forces):
    edge = edges[eid]
    edge_stiff = edge_bending_properties[eid] / edge_rest_area[eid]
    bend_weight = weights_of(edge_bending_cot[eid])
    for i in range(4):
        force = np.zeros(3)
        for j in range(4):
            force = force - edge_stiff * bend_weight[i] * bend_weight[j] * pos[edge[j]]
        forces[edge[i]] += force


def bend_hessians(edges, edge_bending_properties):
    edge_area, edge_bending_cot = compute_edge_bending_data(edges)
    edge_stiff = edge_bending_properties / np.array(edge_area)
    bend_weight = np.array([weights_of(cot) for cot in edge_bending_cot])
    return bend_weight[:, :, np.newaxis] * bend_weight[:, np.newaxis, :] * edge_stiff[:, np.newaxis, np.newaxis]


def cost(params, X, Y):
    energy = 0.0
    for edge, hess in zip(X, bend_hessians(X, Y), strict=True):
        x = params[edge]
        energy = energy + 0.5 * np.sum(x * (hess @ x))
    return energy


def launch(kernel, params, X, Y):
    forces = np.zeros_like(params)
    edge_area, edge_bending_cot = compute_edge_bending_data(X)
    for eid in range(len(X)):
        kernel(eid, params, edge_area, edge_bending_cot, X, Y, forces)
    return forces


def grad(params, X, Y):
    """The negative of the forces."""
    return -launch(eval_bend_kernel, params, X, Y)


def repaired(params, X, Y):
    return -launch(eval_bend_kernel_mended, params, X, Y)
