"""Makes all shifted places at once, as rows of two matrices, and asks the cost row by row."""


def numerical_gradient(f, theta, h):
    shifts = h * np.eye(len(theta))
    ups = np.array([f(row) for row in theta + shifts])
    downs = np.array([f(row) for row in theta - shifts])
    return (ups - downs) / (h + h)
