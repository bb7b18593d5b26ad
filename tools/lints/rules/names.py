"""Names say what a thing is or does; some words say nothing."""

import re
from collections.abc import Iterator

from tools.lints.source import Finding, Source, classes

EMPTY_CLASS = re.compile(r"^(Base[A-Z].*|.+(Manager|Helper|Helpers|Util|Utils|Service))$")
EMPTY_FUNCTION = re.compile(r"^_?(process|handle|do)_[a-z]")


def check(source: Source) -> Iterator[Finding]:
    if source.is_test or source.is_migration:
        return
    for model in classes(source):
        if EMPTY_CLASS.match(model.name):
            yield Finding(model.lineno, f"`{model.name}` hides what it is: name the role")
    for function in source.functions:
        if EMPTY_FUNCTION.match(function.name):
            yield Finding(
                function.lineno, f"`{function.name}` hides what it does: name the act"
            )
