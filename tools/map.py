"""Draws docs/map.md from the code: `python -m tools.map`, or `--check` to compare."""

import ast
import sys
from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.lints.source import dotted, keyword, last

ROOT = Path(__file__).resolve().parents[1]
MAP = Path("docs", "map.md")
HEAD = """# Map

What each app is, offers, says, hears, asks for and keeps. Drawn from the code by
`python -m tools.map`; a test compares. Apps stand in the order of `.importlinter`: each may call
the ones below it, and those above it hear its facts.
"""
TABLES = {"TenantModel", "OperatedModel", "AppendOnlyModel", "PlatformModel", "Model"}


@dataclass(frozen=True)
class App:
    folder: Path

    def modules(self, kind: str) -> list[ast.Module]:
        """The trees of one kind of file, be it a module or a package."""
        files = [self.folder / f"{kind}.py", *sorted((self.folder / kind).rglob("*.py"))]
        return [_parse(file) for file in files if file.exists() and "tests" not in file.parts]

    def classes(self, kind: str) -> Iterator[ast.ClassDef]:
        for module in self.modules(kind):
            yield from (node for node in module.body if isinstance(node, ast.ClassDef))

    def functions(self, kind: str) -> Iterator[ast.FunctionDef]:
        for module in self.modules(kind):
            yield from (node for node in module.body if isinstance(node, ast.FunctionDef))

    @cached_property
    def summary(self) -> str:
        readme = self.folder / "README.md"
        lines = readme.read_text(encoding="utf-8").splitlines() if readme.exists() else []
        return next((line for line in lines if line and not line.startswith("#")), "")

    @property
    def doors(self) -> list[str]:
        """What `public` offers, with the names of what each function takes."""
        own = {function.name: _signature(function) for function in self.functions("public")}
        known = {
            f.name: _signature(f)
            for kind in ("queries", "services")
            for f in self.functions(kind)
        }
        offered = {name for module in self.modules("public") for name in _exported(module)}
        return sorted(
            {text for name, text in own.items() if not name.startswith("_")}
            | {known[name] for name in offered - own.keys() if name in known}
        )

    @property
    def events(self) -> list[str]:
        return [
            f"{event.name} ({wire})"
            for event in self.classes("events")
            if (wire := _wire(event))
        ]

    @property
    def hears(self) -> list[str]:
        return sorted(
            f"{_occasion(decorator)} → {reaction.name}"
            for reaction in self.functions("jobs")
            for decorator in reaction.decorator_list
            if isinstance(decorator, ast.Call) and last(decorator.func) in {"on", "every"}
        )

    @property
    def ports(self) -> list[str]:
        return [p.name for p in self.classes("ports") if "Protocol" in _bases(p)]

    @property
    def tables(self) -> list[str]:
        return sorted(model.name for model in self.classes("models") if TABLES & _bases(model))


def draw(root: Path) -> str:
    apps = root / "src" / "alicerce" / "apps"
    present = [App(apps / name) for name in order(root) if (apps / name).is_dir()]
    vendors = root / "src" / "alicerce" / "vendors"
    return "\n".join([HEAD, *(_chapter(app) for app in present), _vendors(vendors)])


def order(root: Path) -> list[str]:
    """The apps as the import contract lists them, top to bottom."""
    contracts = ConfigParser()
    contracts.read(root / ".importlinter")
    layers = contracts["importlinter:contract:order"]["layers"]
    return layers.replace("|", " ").replace("(", " ").replace(")", " ").split()


def _chapter(app: App) -> str:
    parts = {
        "Doors": [f"`{door}`" for door in app.doors],
        "Says": app.events,
        "Hears": app.hears,
        "Ports": app.ports,
        "Tables": app.tables,
    }
    lines = [f"## {app.folder.name}", "", *([app.summary, ""] if app.summary else [])]
    for title, entries in parts.items():
        if entries:
            lines += [f"**{title}**", "", *(f"- {entry}" for entry in entries), ""]
    return "\n".join(lines)


def _vendors(folder: Path) -> str:
    lines = ["## Vendors", ""]
    for package in sorted(path.parent for path in folder.glob("*/__init__.py")):
        files = sorted(file.stem for file in package.glob("*.py") if file.stem != "__init__")
        lines.append(f"- {package.name}: {', '.join(files)}")
    return "\n".join(lines) + "\n"


def _signature(function: ast.FunctionDef) -> str:
    taken = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return f"{function.name}({', '.join(argument.arg for argument in taken)})"


def _exported(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.Assign) and "__all__" in map(last, node.targets):
            yield from _texts(ast.walk(node.value))


def _texts(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _wire(event: ast.ClassDef) -> str:
    """The name under which the fact travels; a class without one is no fact."""
    for node in event.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        named = node.target if isinstance(node, ast.AnnAssign) else None
        if "name" in map(last, [*targets, named]):
            return next(_texts(ast.walk(node)), "")
    return ""


def _occasion(decorator: ast.Call) -> str:
    if last(decorator.func) == "on":
        return last(decorator.args[0]) if decorator.args else ""
    seconds = keyword(decorator, "seconds") or (decorator.args[0] if decorator.args else None)
    return f"every {ast.unparse(seconds) if seconds else '?'} s"


def _bases(node: ast.ClassDef) -> set[str]:
    return {dotted(base).rpartition(".")[2] for base in node.bases}


def _parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    drawn = draw(ROOT)
    file = ROOT / MAP
    if "--check" not in arguments:
        file.write_text(drawn, encoding="utf-8")
        return 0
    if file.exists() and file.read_text(encoding="utf-8") == drawn:
        return 0
    print(f"{MAP} is not what the code says: run `python -m tools.map`")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
