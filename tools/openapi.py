"""Writes the API's document: `python -m tools.openapi`, or `--check` to compare."""

import os
import sys
from pathlib import Path

import django

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "openapi" / "openapi.json"


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alicerce.project.settings.test")
    django.setup()
    from alicerce.surfaces.api.document import text  # needs the settings

    if "--check" not in arguments:
        DOCUMENT.write_bytes(text())
        return 0
    if DOCUMENT.exists() and DOCUMENT.read_bytes() == text():
        return 0
    print(f"{DOCUMENT.name} is not what the code says: run `python -m tools.openapi`")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
