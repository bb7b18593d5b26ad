"""Text for spreadsheets: shown as it is, never run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(lines: Iterable[Sequence[str]], *, delimiter: str) -> str:
    """The lines as CSV of which no cell is a formula.

    Every cell is quoted: whoever opens the file may split it at another delimiter than ours, and
    what follows that one would begin a cell.
    """
    paper = StringIO()
    writer = csv.writer(
        paper, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL
    )
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return paper.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
