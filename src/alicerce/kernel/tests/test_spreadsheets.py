"""What a stranger wrote is shown by a spreadsheet, and never run."""

import csv
from io import StringIO

import pytest

from alicerce.kernel.spreadsheets import as_csv, harmless

COMMAND = "=1+cmd|' /C calc'!A0"


class TestHarmless:
    @pytest.mark.parametrize(
        "cell", ["=1+1", "+55", "-1", "@sum", "\tx", "\r=1", "\n=1", "＝1+1", COMMAND]
    )
    def test_shows_what_would_run(self, cell):
        assert harmless(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "0", "Renata", "a=1", "a@b.co"])
    def test_leaves_the_rest(self, cell):
        assert harmless(cell) == cell


class TestAsCsv:
    @pytest.mark.parametrize("ours", [",", ";"])
    @pytest.mark.parametrize("theirs", [",", ";", "\t"])
    def test_begins_no_formula_however_it_is_split(self, ours, theirs):
        """Whoever opens it may split at a delimiter that is not the one it was written with."""
        name = f"Ana{theirs}{COMMAND}"

        written = as_csv([[name, "b"], [COMMAND, "d"]], delimiter=ours)

        cells = [
            cell for line in csv.reader(StringIO(written), delimiter=theirs) for cell in line
        ]
        assert [cell for cell in cells if cell.startswith("=")] == []

    def test_is_read_back_as_it_was(self):
        written = as_csv([["Silva; filhos", 'a "b"', "linha\noutra"]], delimiter=";")

        assert list(csv.reader(StringIO(written), delimiter=";")) == [
            ["Silva; filhos", 'a "b"', "linha\noutra"]
        ]
