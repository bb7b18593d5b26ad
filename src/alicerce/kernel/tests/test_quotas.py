"""Each mark is passed once on the way up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from alicerce.kernel.quotas import Mark, crossed


@given(most=st.integers(1, 60), step=st.integers(1, 70))
@settings(max_examples=50, deadline=None)
def test_marks_are_said_once_on_the_way_up(most, step):
    steps = [(n, min(n + step, most)) for n in range(0, most, step)]
    said = [crossed(before=before, now=now, most=most) for before, now in steps]

    assert said.count(Mark.REACHED) == 1
    assert said[-1] == Mark.REACHED
    assert said.count(Mark.NEAR) <= 1
    if step == 1 and most >= 5:
        assert said.index(Mark.NEAR) + 1 == -(-most * 4 // 5)
