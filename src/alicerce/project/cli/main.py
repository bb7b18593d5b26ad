"""Finds the command, runs it, and turns what can be expected to go wrong into one sentence."""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version

from alicerce.project.cli.commands import Command, find_command, names
from alicerce.project.cli.console import complain, say
from alicerce.project.cli.help import help_text
from alicerce.project.embedded.errors import CannotStart, in_one_sentence, is_about_the_disk
from alicerce.project.settings.variable import WrongSetting

FAILED = 1
MISUSED = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 refused with a sentence, 2 misused, others by the command."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"help", "-h", "--help"}:
        say(help_text())
        return 0
    if words[0] in {"-V", "--version", "version"}:
        say(f"Alicerce {version('alicerce')}")
        return 0
    command = find_command(words[0])
    if command is None or not command.exists():
        return _unknown(words[0])
    return _run(command, words[1:])


def _run(command: Command, arguments: Sequence[str]) -> int:
    try:
        return int(import_module(command.module).main(arguments))
    except (CannotStart, WrongSetting) as refusal:
        complain(str(refusal))
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if not is_about_the_disk(error):
            raise
        complain(in_one_sentence(error))
    return FAILED


def _unknown(word: str) -> int:
    near = get_close_matches(word, names(), n=1)
    hint = f"did you mean `{near[0]}`?" if near else "`alicerce --help` lists the commands."
    complain(f"there is no command `{word}`; {hint}")
    return MISUSED
