"""What the doctor finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warn", "fail"]
EXIT_CODES: dict[Level, int] = {"ok": 0, "warn": 1, "fail": 2}


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing; a bad one says what to do."""

    name: str
    level: Level
    sentence: str


def ok(name: str, sentence: str) -> Finding:
    return Finding(name, "ok", sentence)


def warn(name: str, sentence: str) -> Finding:
    return Finding(name, "warn", sentence)


def fail(name: str, sentence: str) -> Finding:
    return Finding(name, "fail", sentence)


def worst(findings: Sequence[Finding]) -> int:
    """The doctor's exit code: 0 all well, 1 warnings, 2 failures."""
    return max((EXIT_CODES[finding.level] for finding in findings), default=0)
