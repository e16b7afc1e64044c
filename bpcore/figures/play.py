"""The explorables of the chapters: each asks its question, and answers when the reader has bet."""

from .explorables import explorable


def unit(w, b, x, y):
    """One sigmoid unit: if w grows, will the loss rise or fall?"""
    state = {"w": w, "b": b, "x": x, "y": y}
    words = f"One sigmoid unit with w = {w}, b = {b}, input {x} and target {y}: numbers of both passes, and a bet."
    return explorable("unit", words, state)


def stepper():
    """Mazur's network, one step of its two passes at a time: if w₅ grows, what else moves?"""
    return explorable("stepper", "Mazur's network with two inputs, two hidden units and two outputs, step by step.", {})


def linked():
    """The four equations, a drawing and the lines of code: where is each part in the other two?"""
    return explorable("linked", "The four equations beside a drawing and lines of code; what is touched lights up.", {})


def shapes():
    """The three factors of BP2: what do the shapes let through?"""
    return explorable("shapes", "Three arrays for the three places of BP2, checked by shape and by number.", {})


def ucurve():
    """The error of a difference quotient: which step is best, by which method, in which precision?"""
    return explorable("ucurve", "The relative error of a difference quotient against its step.", {})


def kink():
    """A central difference beside a right gradient: what happens where the ReLU bends?"""
    return explorable("kink", "A loss with a corner, its gradient and a central difference, as a weight moves.", {})


def signal():
    """Many layers: at which scale does a signal survive, both ways?"""
    return explorable("signal", "Activations and deltas of each layer, for an activation, a depth and a scale.", {})


def penalty():
    """Moons that can be moved: what does a penalty on the biases cost, and when does a check not see it?"""
    return explorable("lambda", "A penalty on the weights, or on the biases too, on moons that can be moved.", {})


def xor_map():
    """XOR from a start on a map: will this one solve it?"""
    return explorable("xor_map", "A map of 81 starts of an XOR network, each of which can be run.", {})


def doctor_map():
    """The errors of six blocks: which mistake made them?"""
    return explorable("doctor_map", "The relative errors of six blocks of a gradient, and four mistakes.", {})


def playground():
    """A network that learns, and a backward pass that can be broken: does the check notice?"""
    return explorable("playground", "A network that learns two moons, with a gradient check beside it.", {})
