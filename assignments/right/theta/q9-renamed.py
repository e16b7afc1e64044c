"""Other names; a recursion from the last layer down, and the parts cut by np.split."""
import copy


def wrong_block(suspect, place, trusted, allowed):
    answers = suspect(copy.deepcopy(place))

    def differs(mine, theirs):
        if not np.isfinite(mine).all():
            return True
        apart = (mine - theirs).ravel()
        return bool(np.sqrt(apart @ apart) > allowed * np.sqrt(max((mine ** 2).sum(), (theirs ** 2).sum())))

    def below(layer):
        if layer == 0:
            return 0, False, False
        found = [differs(*pair) for pair in zip(np.split(answers[layer], [1], axis=1), np.split(trusted[layer], [1], axis=1))]
        return (layer, *found) if any(found) else below(layer - 1)

    return below(len(place) - 1)
