"""The rule `nesting-depth`, on both sides of the line."""

from tools.lints.tests.judging import lines_found

FIVE = """
def story():
    if a:
        for b in a:
            with b:
                while c:
                    if d:
                        tell()
"""
FOUR = FIVE.replace(
    "                    if d:\n                        tell()", "                    d()"
)
LADDER = """
def story():
    if a:
        tell()
    elif b:
        tell()
    elif c:
        tell()
    elif d:
        tell()
    elif e:
        tell()
    else:
        tell()
"""


def test_names_a_fifth_level():
    assert lines_found("nesting-depth", "kernel/jobs.py", FIVE) == [1]


def test_passes_four_levels():
    assert lines_found("nesting-depth", "kernel/jobs.py", FOUR) == []


def test_counts_a_ladder_of_elif_once():
    assert lines_found("nesting-depth", "kernel/jobs.py", LADDER) == []
