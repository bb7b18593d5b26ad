"""The document in the reader's language. What is composed is translated by its pattern."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WORDS = frozenset({"description", "summary", "x-displayName"})
SHOWN_AS_THEY_ARE = frozenset({"example", "examples", "scopes"})
# What is put together of a few words and of what stays as it is.
PATTERNS: Sequence[tuple[Promise, re.Pattern[str]]] = (
    (_("Pede a permissão `%(what)s`."), re.compile(r"Pede a permissão `(?P<what>[^`]+)`\.")),
    (_("Recusado: %(what)s"), re.compile(r"Recusado: (?P<what>.+)")),
    (_("O identificador (%(what)s)."), re.compile(r"O identificador \((?P<what>\w+)\)\.")),
    (
        _("Uma chave da API. Permissões: %(what)s."),
        re.compile(r"Uma chave da API\. Permissões: (?P<what>.+)\."),
    ),
)
Said = Callable[[str], str]


def translated(node: Any) -> Any:
    """The same document, in the language that is active."""
    return _walk(node, _said)


def messages(node: Any) -> set[str]:
    """What of the document has to be translated, piece by piece."""
    found: set[str] = set()

    def note(text: str) -> str:
        found.update(piece for piece in _pieces(text) if _pattern_of(piece) is None)
        return text

    _walk(node, note)
    return found


def _walk(node: Any, said: Said) -> Any:
    if isinstance(node, list):
        return [_walk(one, said) for one in node]
    if not isinstance(node, dict):
        return node
    return {name: _value(name, value, said) for name, value in node.items()}


def _value(name: str, value: Any, said: Said) -> Any:
    if name in SHOWN_AS_THEY_ARE:
        return value
    is_words = name in WORDS and isinstance(value, str)
    return said(value) if is_words else _walk(value, said)


def _said(text: str) -> str:
    return "\n\n".join(_piece(piece) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """Paragraphs, each on one line."""
    for paragraph in text.split("\n\n"):
        if paragraph:
            yield " ".join(paragraph.split())


def _piece(piece: str) -> str:
    found = _pattern_of(piece)
    if found is None:
        return gettext(piece)
    template, what = found
    return str(template) % {"what": what}


def _pattern_of(piece: str) -> tuple[Promise, str] | None:
    for template, pattern in PATTERNS:
        if match := pattern.fullmatch(piece):
            return template, match["what"]
    return None
