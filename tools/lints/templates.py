"""Templates show; they neither decide nor carry scripts, styles or text declared safe."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tools.lints.source import Finding, Source, keyword, last

DJANGO_TAGS = frozenset(
    {
        "block",
        "endblock",
        "extends",
        "include",
        "load",
        "if",
        "elif",
        "else",
        "endif",
        "for",
        "empty",
        "endfor",
        "with",
        "endwith",
        "url",
        "static",
        "csrf_token",
        "translate",
        "blocktranslate",
        "plural",
        "endblocktranslate",
        "language",
        "endlanguage",
        "get_current_language",
        "get_language_info",
        "comment",
        "endcomment",
        "localize",
        "endlocalize",
        "spaceless",
        "endspaceless",
    }
)
TAG = re.compile(r"{%-?\s*(\w+)(.*?)-?%}", re.DOTALL)
CONDITIONS = 3
COMMENT = re.compile(r"{#.*?#}|<!--.*?-->|{% comment.*?endcomment %}", re.DOTALL)
FORBIDDEN = {
    "unsafe-html": (
        (re.compile(r"\|\s*(safe|safeseq)\b"), "`|safe` lets scripts in"),
        (re.compile(r"{%\s*autoescape\s+off"), "escaping stays on"),
    ),
    "inline-code": (
        (
            re.compile(
                r"<script(?![^>]*(\bsrc=|application/(ld\+)?json))[^>]*>", re.IGNORECASE
            ),
            "an inline script is refused by the policy: put it in static/",
        ),
        (re.compile(r"<style\b", re.IGNORECASE), "an inline style is refused: use a class"),
        (re.compile(r"<[^>{%]*\sstyle\s*=", re.IGNORECASE), "`style=` is refused: use a class"),
        (
            re.compile(r"<\w[^>]*\son[a-z]+\s*=", re.IGNORECASE),
            "an inline handler is refused: listen in static/",
        ),
        (re.compile(r"javascript:", re.IGNORECASE), "`javascript:` is refused"),
        (
            re.compile(r"\shx-on[:-]", re.IGNORECASE),
            "`hx-on` evaluates code: listen in static/",
        ),
    ),
}


def rules(known: frozenset[str]) -> dict[str, Callable[[Source], Iterable[Finding]]]:
    return {
        "unsafe-html": _forbids("unsafe-html"),
        "inline-code": _forbids("inline-code"),
        "template-logic": lambda source: _logic(source, known),
    }


def known_tags(root: Path) -> frozenset[str]:
    """Django's tags that decide nothing, and the house's own."""
    libraries = [p for p in root.rglob("templatetags/*.py") if p.stem != "__init__"]
    own = {name for library in libraries for name in _registered(library)}
    return DJANGO_TAGS | own | {f"end{name}" for name in own}


def _registered(library: Path) -> Iterator[str]:
    tree = ast.parse(library.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from (_tag_name(decorator, node) for decorator in node.decorator_list)
        elif isinstance(node, ast.Call) and last(node.func) == "tag" and node.args:
            yield str(getattr(node.args[0], "value", ""))


def _tag_name(decorator: ast.expr, function: ast.FunctionDef) -> str:
    name = keyword(decorator, "name") if isinstance(decorator, ast.Call) else None
    return str(name.value) if isinstance(name, ast.Constant) else function.name


def _forbids(rule: str) -> Callable[[Source], Iterator[Finding]]:
    def look(source: Source) -> Iterator[Finding]:
        if _is_free(source, rule):
            return
        text = _without_comments(source.text)
        for pattern, message in FORBIDDEN[rule]:
            for found in pattern.finditer(text):
                yield Finding(_line(text, found.start()), message)

    return look


def _is_free(source: Source, rule: str) -> bool:
    """Plain text has nothing to escape; mail readers ignore stylesheets."""
    plain = source.path.suffix == ".txt"
    mail = bool({"mail", "mails", "email", "emails"} & set(source.path.parts))
    return plain or (mail and rule == "inline-code")


def _logic(source: Source, known: frozenset[str]) -> Iterator[Finding]:
    text = _without_comments(source.text)
    plain = {"autoescape", "endautoescape"} if source.path.suffix == ".txt" else set()
    for found in TAG.finditer(text):
        tag, rest = found[1], found[2].split()
        if tag not in known | plain:
            yield Finding(_line(text, found.start()), f"`{tag}` is not a tag of the house")
        elif (
            tag in {"if", "elif"} and sum(word in {"and", "or"} for word in rest) >= CONDITIONS
        ):
            yield Finding(
                _line(text, found.start()), "a long condition: name it in the component"
            )


def _without_comments(text: str) -> str:
    """The same text, line for line, with its comments blanked."""
    return COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
