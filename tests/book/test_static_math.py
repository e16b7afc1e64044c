"""A formula that cannot be rendered is said in words."""

import pytest
from static_math import Renderer


class Ended:
    """A process that has ended before it answers."""

    class stdin:
        write = flush = staticmethod(lambda *given: None)

    class stdout:
        readline = staticmethod(lambda: "")

    wait = staticmethod(lambda: 3)


def test_the_end_of_node_is_said(tmp_path, monkeypatch):
    renderer = Renderer(tmp_path / "store.json")
    monkeypatch.setattr(renderer, "_start", lambda: setattr(renderer, "process", Ended))
    with pytest.raises(RuntimeError, match="Node ended with 3 before it rendered 'x_1'"):
        renderer("x_1", False)
