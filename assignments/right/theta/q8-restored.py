"""Works in one float copy, moves one entry up and down, and puts the old value back."""


def numerical_gradient(f, theta, h):
    place = np.array(theta, dtype=float)
    slopes = []
    for k, old in enumerate(place.copy()):
        place[k] = old + h
        up = f(place)
        place[k] = old - h
        down = f(place)
        place[k] = old
        slopes.append((up - down) / 2 / h)
    return np.array(slopes)
