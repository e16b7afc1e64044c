"""The energy of fitting a mesh to a surface counts a node once for each of its elements, the gradient once in all."""

import numpy as np

SOURCE = "https://github.com/mfem/mfem/commit/28f7eacfc4fb74f90688c6d829dc2b3740dc9c1a"
THREAD = "mfem/mfem 28f7eacfc4"
DATE = "2024-06"
KIND = "cost"
FORMULA = r"E = \textstyle\sum_e \sum_{s \in e} c\, \nu\, \tfrac12 \lVert x_s - \hat x_s \rVert^2"
RIGHT = (
    r"E = \textstyle\sum_e \sum_{s \in e} \tfrac{c\, \nu}{m_s}\, \tfrac12 \lVert x_s - \hat x_s \rVert^2,\; "
    r"m_s \text{ the number of elements with node } s"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the nodes of a mesh
BLOCKS = ["x[1]"]
SAMPLES = 8
LAM = 0.0
ELEMENTS = np.array([[0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6]])  # three quadrilaterals in a row
SURF_FIT_NORMAL, SURF_FIT_COEFF = 1.3, 0.7


def start(rng):
    nodes = np.array([[x, y] for y in (0.0, 1.0) for x in (0.0, 1.0, 2.0, 3.0)])
    return nodes + 0.2 * rng.standard_normal(nodes.shape)


def data(rng):
    """Where the nodes shall be; all of them lie on the boundary, and are marked."""
    nodes = np.array([[x, y] for y in (0.0, 1.0) for x in (0.0, 1.0, 2.0, 3.0)])
    return nodes + 0.3 * rng.standard_normal(nodes.shape), np.ones(SAMPLES)


class TMOP_QuadraticLimiter:
    def eval(self, x, x0, dist):
        return 0.5 * np.sum((x - x0) ** 2) / (dist * dist)

    def eval_d1(self, x, x0, dist):
        return 1.0 / (dist * dist) * (x - x0)


class TMOP_Integrator:
    def __init__(self, surf_fit_pos, surf_fit_marker):
        self.surf_fit_pos = surf_fit_pos
        self.surf_fit_marker = surf_fit_marker
        self.surf_fit_limiter = TMOP_QuadraticLimiter()
        self.surf_fit_dof_count = np.bincount(ELEMENTS.ravel())

    def get_element_energy(self, el_id, PMatI):
        """Contribution from the surface fitting term."""
        energy = 0.0
        vdofs = ELEMENTS[el_id]
        for s in range(len(vdofs)):
            scalar_dof_id = vdofs[s]
            if not self.surf_fit_marker[scalar_dof_id]:
                continue
            # Fitting to exact positions.
            pos = PMatI[s]
            pos_target = self.surf_fit_pos[vdofs[s]]
            energy += SURF_FIT_COEFF * SURF_FIT_NORMAL * self.surf_fit_limiter.eval(pos, pos_target, 1.0)
        return energy

    def weight(self, dof):
        return SURF_FIT_NORMAL * SURF_FIT_COEFF * 1.0 / self.surf_fit_dof_count[dof]

    def assemble_elem_vec_surf_fit(self, el_id, PMatI, mat):
        vdofs = ELEMENTS[el_id]
        for s in range(len(vdofs)):
            scalar_dof_id = vdofs[s]
            if not self.surf_fit_marker[scalar_dof_id]:
                continue
            w = self.weight(vdofs[s])
            pos = PMatI[s]
            pos_target = self.surf_fit_pos[vdofs[s]]
            grad_s = self.surf_fit_limiter.eval_d1(pos, pos_target, 1.0)
            for d in range(len(grad_s)):
                mat[s, d] += w * grad_s[d]


class Later(TMOP_Integrator):
    def get_element_energy(self, el_id, PMatI):
        energy = 0.0
        vdofs = ELEMENTS[el_id]
        for s in range(len(vdofs)):
            if not self.surf_fit_marker[vdofs[s]]:
                continue
            w = SURF_FIT_COEFF * SURF_FIT_NORMAL * 1.0 / self.surf_fit_dof_count[vdofs[s]]
            energy += w * self.surf_fit_limiter.eval(PMatI[s], self.surf_fit_pos[vdofs[s]], 1.0)
        return energy


class Undivided(TMOP_Integrator):
    """The gradient of the energy as it was."""

    def weight(self, dof):
        return SURF_FIT_NORMAL * SURF_FIT_COEFF


def get_grid_function_energy(integ, x):
    return sum(integ.get_element_energy(i, x[ELEMENTS[i]]) for i in range(len(ELEMENTS)))


def mult(integ, x):
    y = np.zeros_like(x)
    for i in range(len(ELEMENTS)):
        mat = np.zeros((4, 2))
        integ.assemble_elem_vec_surf_fit(i, x[ELEMENTS[i]], mat)
        y[ELEMENTS[i]] += mat
    return y


def cost(x, X, Y):
    return get_grid_function_energy(TMOP_Integrator(X, Y), x)


def meant(x, X, Y):
    return get_grid_function_energy(Later(X, Y), x)


def grad(x, X, Y):
    return mult(TMOP_Integrator(X, Y), x)


def repaired(x, X, Y):
    return mult(Undivided(X, Y), x)
