"""The README's table of settings says what the program reads."""

from pathlib import Path

import pytest

from alicerce.project.settings.env import VARIABLES

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_documents_every_setting_with_its_default_and_meaning(variable):
    default = f"`{variable.default}`" if variable.default else ""

    assert f"| `{variable.name}` | {default} | {variable.meaning} |" in README


def test_documents_no_setting_that_nobody_reads():
    rows = [
        line.split("`")[1] for line in README.splitlines() if line.startswith("| `ALICERCE_")
    ]

    assert set(rows) <= {variable.name for variable in VARIABLES}
