"""The checkout that development commands work on."""

import os
from pathlib import Path

import alicerce
from alicerce.project.embedded.errors import CannotStart


def checkout() -> Path:
    """Raises CannotStart outside one, as when installed with pip."""
    named = os.environ.get("ALICERCE_CHECKOUT")
    root = Path(named) if named else Path(alicerce.__file__).parents[2]
    if not (root / "pyproject.toml").exists():
        raise CannotStart("This command works on the source; run ./alicerce in a checkout.")
    return root
