"""A file under lint: what it is in the house, its tree, and what was allowed in it on purpose."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

ALLOWANCE = re.compile(
    r"lint: allow (?P<rule>[\w-]+)(?: because (?P<reason>\S.*?))?\s*(?:#\}|$)"
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Finding(NamedTuple):
    line: int
    message: str


class Allowance(NamedTuple):
    line: int
    rule: str
    reason: str

    def covers(self, rule: str, line: int) -> bool:
        """A comment speaks for its own line and for the next one."""
        return bool(self.reason) and rule == self.rule and self.line in (line, line - 1)


@dataclass(frozen=True)
class Source:
    path: PurePath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def calls(self) -> list[ast.Call]:
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    @cached_property
    def functions(self) -> list[Function]:
        return [n for n in self.nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def allowances(self) -> list[Allowance]:
        return [
            Allowance(number, found["rule"], found["reason"] or "")
            for number, line in enumerate(self.text.splitlines(), start=1)
            if (found := ALLOWANCE.search(line))
        ]

    @cached_property
    def place(self) -> tuple[str, ...]:
        """The module's names inside the package: ("apps", "billing", "services", "dun")."""
        parts = self.path.with_suffix("").parts
        if "alicerce" not in parts:
            return ()
        deepest = len(parts) - 1 - parts[::-1].index("alicerce")
        return tuple(part for part in parts[deepest + 1 :] if part != "__init__")

    @property
    def ring(self) -> str:
        return self.place[0] if self.place else ""

    @property
    def app(self) -> str:
        return self.place[1] if self.ring == "apps" and len(self.place) > 1 else ""

    @property
    def kind(self) -> str:
        """The kind of file inside its app: models, services, web and so on."""
        return self.place[2] if self.ring == "apps" and len(self.place) > 2 else ""  # noqa: PLR2004

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.parts or self.path.stem in {"conftest", "testing"}

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    @property
    def is_simulator(self) -> bool:
        return any(part.startswith("simulat") for part in self.place)

    @property
    def is_command(self) -> bool:
        return self.place[:2] == ("project", "cli")


def dotted(node: ast.AST | None) -> str:
    """The name of an expression as written: "timezone.now". Calls inside are looked through."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    return ""


def last(node: ast.AST | None) -> str:
    return dotted(node).rpartition(".")[2]


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((word.value for word in call.keywords if word.arg == name), None)


def is_true(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def classes(source: Source) -> Iterator[ast.ClassDef]:
    return (node for node in source.nodes if isinstance(node, ast.ClassDef))
