"""The map shows the house as it is."""

from pathlib import Path

from tools.map import MAP, draw

ROOT = Path(__file__).resolve().parents[2]


def test_is_what_the_code_says():
    assert (ROOT / MAP).read_text() == draw(ROOT), "run `python -m tools.map`"
