"""Shows a rule a snippet, as if it stood somewhere in the house."""

from pathlib import PurePath
from textwrap import dedent

from tools.lints.house import judge, python_rules
from tools.lints.source import Source


def lines_found(rule: str, place: str, code: str) -> list[int]:
    """The lines of the snippet that the rule complains about, allowances heeded."""
    source = Source(PurePath("src/alicerce", place), dedent(code).lstrip("\n"))
    return [line for line, _, _ in judge(source, {rule: python_rules()[rule]})]
