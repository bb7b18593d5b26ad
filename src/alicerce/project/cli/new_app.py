"""`alicerce new-app`: lays out a new app by the rules of the house."""

import os
import subprocess
import sys
from collections.abc import Sequence

from alicerce.project.cli.checkout import checkout


def main(arguments: Sequence[str]) -> int:
    root = checkout()
    return subprocess.run(
        [sys.executable, "-m", "tools.scaffold", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    ).returncode
