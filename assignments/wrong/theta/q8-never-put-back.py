"""A cost in which every entry stands alone is right, and one that mixes them is not.
After the first entry has been done, the second is asked from a place that has moved.
"""


def numerical_gradient(f, theta, h):
    slopes, place = np.zeros(len(theta)), theta.astype(float)
    for k in range(len(theta)):
        place[k] += h
        up = f(place)
        place[k] -= 2 * h
        slopes[k] = (up - f(place)) / (2 * h)
    return slopes
