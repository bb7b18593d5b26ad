"""The README's table of settings says what the program reads."""

import re
from pathlib import Path

import pytest

from alicerce.project.settings.env import VARIABLES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = "".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "src").rglob("*.py")
    if "tests" not in path.parts and path.name != "env.py"
)


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_documents_every_setting_with_its_default_and_meaning(variable):
    default = f"`{variable.default}`" if variable.default else ""

    assert f"| `{variable.name}` | {default} | {variable.meaning} |" in README


def test_documents_no_setting_that_does_not_exist():
    rows = [
        line.split("`")[1] for line in README.splitlines() if line.startswith("| `ALICERCE_")
    ]

    assert set(rows) <= {variable.name for variable in VARIABLES}


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_setting_is_read_by_somebody(variable):
    assert re.search(rf"\.{variable.field}\b", PROGRAM)
