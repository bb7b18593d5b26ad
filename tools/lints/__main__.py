"""`python -m tools.lints src`: prints `file:line rule message`, and fails when it printed any."""

import sys
from pathlib import Path

from tools.lints.house import lint


def main(roots: list[str]) -> int:
    complaints = [complaint for root in roots or ["src"] for complaint in lint(Path(root))]
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
