"""How commands speak: plain lines, with a little colour on a terminal that likes it."""

import os
import sys
from functools import cache


@cache
def colored() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def bold(text: str) -> str:
    return _styled(text, "1")


def dim(text: str) -> str:
    return _styled(text, "2")


def green(text: str) -> str:
    return _styled(text, "32")


def yellow(text: str) -> str:
    return _styled(text, "33")


def red(text: str) -> str:
    return _styled(text, "31")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    sys.stderr.write(f"alicerce: {text}\n")


def ask(question: str) -> bool:
    """Yes unless the answer starts with n."""
    try:
        return not input(f"{question} [Y/n] ").strip().lower().startswith("n")
    except EOFError:
        return False


def _styled(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colored() else text
