"""Import-linter contract: an app is entered by its doors, never through the wall."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Breach(NamedTuple):
    importer: str
    imported: str
    line: int | None


class DoorsContract(Contract):
    """Modules of one app may import another app only through the listed doors.

    Visitors are packages outside the apps that may use the doors, and the visitors' doors too.
    """

    type_name: ClassVar[str] = "doors"

    container = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    exempt = fields.SetField(subfield=fields.StringField(), required=False)
    visitors = fields.SetField(subfield=fields.StringField(), required=False)
    visitor_doors = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 - theirs
        breaches = sorted([*self._between_apps(graph), *self._by_visitors(graph)])
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported, line in check.metadata["breaches"]:
            output.print_error(f"{importer} -> {imported} (l.{line or '?'}): not a door")

    def _between_apps(self, graph: ImportGraph) -> Iterator[Breach]:
        for app in graph.find_children(str(self.container)):
            for importer in _modules_of(graph, app):
                if _kind(importer, app) not in _names(self.exempt):
                    yield from self._breaches(
                        graph, importer, own=app, doors=_names(self.doors)
                    )

    def _by_visitors(self, graph: ImportGraph) -> Iterator[Breach]:
        doors = _names(self.doors) | _names(self.visitor_doors)
        for visitor in _names(self.visitors) & graph.modules:
            for importer in _modules_of(graph, visitor):
                if "tests" not in importer.split("."):
                    yield from self._breaches(graph, importer, own=visitor, doors=doors)

    def _breaches(
        self, graph: ImportGraph, importer: str, *, own: str, doors: frozenset[str]
    ) -> Iterator[Breach]:
        for imported in graph.find_modules_directly_imported_by(importer):
            home = f"{self.container}."
            if not imported.startswith(home) or f"{imported}.".startswith(f"{own}."):
                continue
            neighbor = home + imported.removeprefix(home).partition(".")[0]
            if _kind(imported, neighbor) not in doors:
                yield Breach(importer, imported, _line(graph, importer, imported))


def _names(field: object) -> frozenset[str]:
    return frozenset(str(name) for name in field) if isinstance(field, set) else frozenset()


def _modules_of(graph: ImportGraph, package: str) -> frozenset[str]:
    return frozenset({package, *graph.find_descendants(package)})


def _kind(module: str, app: str) -> str:
    return module.removeprefix(app).lstrip(".").partition(".")[0]


def _line(graph: ImportGraph, importer: str, imported: str) -> int | None:
    details = graph.get_import_details(importer=importer, imported=imported)
    return details[0]["line_number"] if details else None
