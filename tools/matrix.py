"""What each shipped role may do, as a snapshot: `python -m tools.matrix` writes it, a test compares."""

import json
from pathlib import Path

from alicerce.apps.tenancy.rules import GRANTS

ROOT = Path(__file__).resolve().parents[1]
MATRIX = Path("tests", "architecture", "permission_matrix.json")


def draw() -> str:
    held = {role.value: sorted(map(str, keys)) for role, keys in GRANTS.items()}
    return json.dumps(held, indent=2) + "\n"


if __name__ == "__main__":
    (ROOT / MATRIX).write_text(draw(), encoding="utf-8")
