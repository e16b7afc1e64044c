"""Numbers in words: shares in per cent are read without an exponent."""

import pytest

from bpcore.clinic.naming import per_cent


@pytest.mark.parametrize(
    "share, said",
    [(0.0285, "2.85 per cent"), (1.664, "166 per cent"), (9.994, "999 per cent"), (12.0, "more than 1000 per cent")],
)
def test_shares_are_read_in_per_cent(share, said):
    assert per_cent(share) == said
