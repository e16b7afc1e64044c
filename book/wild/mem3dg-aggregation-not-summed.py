"""A membrane computes its proteins' aggregation energy, and leaves it out when it sums its energies up."""

import numpy as np

SOURCE = "https://github.com/RangamaniLabUCSD/Mem3DG/commit/dcac20f"
THREAD = "RangamaniLabUCSD/Mem3DG dcac20f"
DATE = "2021-12"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_v \bigl(K_v A_v (H_v / A_v - H_{0v})^2 + \epsilon A_v \phi_v "
    r"- \lambda (\log \phi_v + \log (1 - \phi_v))\bigr)"
)
RIGHT = (
    r"E = \textstyle\sum_v \bigl(K_v A_v (H_v / A_v - H_{0v})^2 + \epsilon A_v \phi_v + \chi A_v \phi_v^2 "
    r"- \lambda (\log \phi_v + \log (1 - \phi_v))\bigr),\; H_0 = h \phi,\; K = K_b + K_c \phi"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a density of proteins on a surface that stands still; the terms of its shape are left out
BLOCKS = ["proteinDensity[1]"]
SAMPLES = 8
LAM = 0.0
KB, KBC, H0C = 0.8, 0.5, 1.2
EPSILON, CHI, LAMBDA_PHI = -0.6, -0.9, 0.1


def start(rng):
    return rng.uniform(0.2, 0.8, SAMPLES)


def data(rng):
    """The vertices' dual areas and integrated mean curvatures, and nothing to aim at."""
    X = np.column_stack([rng.uniform(0.5, 1.5, SAMPLES), 0.5 * rng.standard_normal(SAMPLES)])
    return X, np.zeros((SAMPLES, 1))


class System:
    def __init__(self, proteinDensity, X):
        self.proteinDensity = proteinDensity
        self.vertexDualAreas = X[:, 0]
        self.vertexMeanCurvatures = X[:, 1]
        # Update protein density dependent quantities, "linear" relation
        self.H0 = proteinDensity * H0C
        self.Kb = KB + KBC * proteinDensity
        self.energy = dict.fromkeys(["bending", "adsorption", "aggregation", "proteinInterior"], 0.0)

    def computeBendingEnergy(self):
        H_difference = self.vertexMeanCurvatures / self.vertexDualAreas - self.H0
        self.energy["bending"] = (self.Kb * self.vertexDualAreas * H_difference**2).sum()

    def computeAdsorptionEnergy(self):
        self.energy["adsorption"] = EPSILON * (self.vertexDualAreas * self.proteinDensity).sum()

    def computeAggregationEnergy(self):
        self.energy["aggregation"] = CHI * (self.vertexDualAreas * self.proteinDensity * self.proteinDensity).sum()

    def computeProteinInteriorPenalty(self):
        # interior method to constrain protein density to remain from 0 to 1
        self.energy["proteinInterior"] = -LAMBDA_PHI * (
            np.log(self.proteinDensity).sum() + np.log(1 - self.proteinDensity).sum()
        )

    def computePotentialEnergy(self, right=False):
        self.computeBendingEnergy()
        if EPSILON != 0:
            self.computeAdsorptionEnergy()
        if CHI != 0:
            self.computeAggregationEnergy()
        if LAMBDA_PHI != 0:
            self.computeProteinInteriorPenalty()

        # summerize internal potential energy
        if right:
            return (
                self.energy["bending"]
                + self.energy["adsorption"]
                + self.energy["aggregation"]
                + self.energy["proteinInterior"]
            )
        return self.energy["bending"] + self.energy["adsorption"] + self.energy["proteinInterior"]

    def computeChemicalPotentials(self):
        meanCurvDiff = self.vertexMeanCurvatures / self.vertexDualAreas - self.H0
        dH0dphi, dKbdphi = H0C, KBC
        self.bendingPotential = -self.vertexDualAreas * (
            meanCurvDiff * meanCurvDiff * dKbdphi - 2 * self.Kb * meanCurvDiff * dH0dphi
        )
        self.adsorptionPotential = -EPSILON * self.vertexDualAreas
        self.aggregationPotential = -2 * CHI * self.proteinDensity * self.vertexDualAreas
        self.interiorPenaltyPotential = LAMBDA_PHI * (1 / self.proteinDensity - 1 / (1 - self.proteinDensity))

    def chemicalPotential(self, aggregation=True):
        self.computeChemicalPotentials()
        potential = self.adsorptionPotential + self.bendingPotential + self.interiorPenaltyPotential
        return potential + self.aggregationPotential if aggregation else potential


def cost(proteinDensity, X, Y):
    return System(proteinDensity, X).computePotentialEnergy()


def meant(proteinDensity, X, Y):
    return System(proteinDensity, X).computePotentialEnergy(right=True)


def grad(proteinDensity, X, Y):
    """The chemical potential turned round."""
    return -System(proteinDensity, X).chemicalPotential()


def repaired(proteinDensity, X, Y):
    """The gradient of the sum as it was."""
    return -System(proteinDensity, X).chemicalPotential(aggregation=False)
