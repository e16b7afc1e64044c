"""The layers and parts are read from the table of the checks, so that they fit whatever the data are."""


def accusations():
    found = {}
    table = check_table(hidden_layer, penalty_gradient, sweep)
    for name, check in (("hidden_layer", 1), ("penalty_gradient", 2), ("sweep", 3)):
        wrong = {l: [off > 1e-6 for off in parts] for l, parts in table[check - 1].items()}
        layers = np.array([l for l in wrong if any(wrong[l])])
        columns = np.array(list(wrong.values())).any(axis=0)
        found[name] = (check, layers, "both" if columns.all() else ("biases", "weights")[np.argmax(columns)])
    return found
