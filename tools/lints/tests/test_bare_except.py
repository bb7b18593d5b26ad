"""The rule `bare-except`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("kernel/jobs.py", "try:\n    run()\nexcept:\n    raise"),
    ("kernel/jobs.py", "try:\n    run()\nexcept Exception:\n    pass"),
]
GOOD = [
    ("kernel/jobs.py", "try:\n    run()\nexcept OSError:\n    pass"),
    ("kernel/jobs.py", "try:\n    run()\nexcept Exception:\n    log()\n    raise"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("bare-except", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("bare-except", place, code) == []
