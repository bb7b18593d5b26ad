"""Files that come in and go out, and the views people keep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from alicerce.apps.customers.errors import NoSuchFile
from alicerce.apps.customers.models import (
    Customer,
    CustomerExport,
    CustomerImport,
    ImportFault,
    SavedView,
    Tier,
)
from alicerce.apps.customers.rules import fold, tidy
from alicerce.apps.customers.rules.sheets import (
    HEADER,
    REPEATED,
    STRETCH,
    guess_columns,
    read_row,
    read_stretch,
    repeats,
    span_of,
    survey,
)
from alicerce.apps.customers.types import (
    Exchange,
    ExportCard,
    ImportCard,
    Layout,
    Preview,
    Profile,
    RowFault,
    SavedViewCard,
)

PAGE, PREVIEWED, CHECKED = 200, 5, 200


@dataclass(frozen=True, slots=True)
class Checked:
    """What the first lines of a file would become: told before anything is done."""

    lines: int
    total: int
    known: int
    wrong: int
    faults: tuple[tuple[int, RowFault], ...]

    @property
    def ready(self) -> int:
        return self.lines - self.known - self.wrong


def customer_import(import_id: UUID) -> ImportCard:
    """Raises NoSuchFile."""
    return _import(import_id).card()


def preview(import_id: UUID) -> Preview:
    """Only of a file that waits to be started. Raises NoSuchFile."""
    found = _import(import_id)
    if found.state != Exchange.WAITING:
        raise NoSuchFile
    [header], rows = _lines_at(found, None), _lines_at(found, 0)[:PREVIEWED]
    return Preview(tuple(header), tuple(map(tuple, rows)), guess_columns(header))


def check(import_id: UUID, columns: Mapping[str, int]) -> Checked:
    """What the first lines would become, by these columns, were it started now. Raises NoSuchFile.

    Whoever a line before names is said to be named twice.
    """
    found = _import(import_id)
    tiers = {fold(tier.name): tier.id for tier in Tier.objects.all()}
    read = [read_row(cells, columns, tiers) for cells in _first_lines(found)]
    twice = repeats(read)
    wrong: dict[int, Sequence[RowFault]] = {}
    profiles = []
    for line, row in enumerate(read, start=HEADER + 1):
        if not isinstance(row, Profile):
            wrong[line] = row
        elif line in twice:
            wrong[line] = [twice[line]]
        else:
            profiles.append(tidy(row))
    faults = [(line, fault) for line, of_line in wrong.items() for fault in of_line]
    return Checked(
        lines=len(read),
        total=found.total,
        known=_known_among(profiles),
        wrong=len(wrong),
        faults=tuple(faults[:PAGE]),
    )


def _first_lines(source: CustomerImport) -> list[list[str]]:
    stretches = range(0, min(CHECKED, source.total), STRETCH)
    return [cells for position in stretches for cells in _lines_at(source, position)]


def _known_among(profiles: Sequence[Profile]) -> int:
    """How many are customers already: by document, by external reference, or by e-mail without document."""
    seen = {
        *_there("document", [one.document for one in profiles]),
        *_there("external_reference", [one.external_reference for one in profiles]),
        *_there("email", [one.email for one in profiles if not one.document], document=""),
    }
    return sum(not seen.isdisjoint(_marks(one)) for one in profiles)


def _there(column: str, values: Sequence[str], **also: str) -> Iterator[tuple[str, str]]:
    asked = {f"{column}__in": [value for value in values if value]}
    found = Customer.objects.filter(**asked, **also).values_list(column, flat=True)
    yield from ((column, value) for value in found)


def _marks(one: Profile) -> set[tuple[str, str]]:
    """By what a customer is the same as another."""
    marks = {("document", one.document), ("external_reference", one.external_reference)}
    return {mark for mark in marks if mark[1]} | (
        set() if one.document else {("email", one.email)}
    )


def next_lines(source: CustomerImport) -> list[list[str]]:
    """Those of the step that is due; none but them are read."""
    return _lines_at(source, source.position)


def all_lines(source: CustomerImport) -> Iterator[list[str]]:
    """From the first to the last; the whole file is fetched for it, once."""
    whole, layout = bytes(source.content), _layout_of(source)
    for position in range(0, source.total, STRETCH):
        begin, end = span_of(layout, position)
        yield from read_stretch(whole[begin:end], layout)


def _lines_at(source: CustomerImport, position: int | None) -> list[list[str]]:
    layout = _layout_of(source)
    begin, end = span_of(layout, position)
    part = CustomerImport.objects.part_of_file(source.id, begin, end)
    return read_stretch(part, layout)


def _layout_of(source: CustomerImport) -> Layout:
    """A file from before files were surveyed is gone through each time, as it was then."""
    return Layout(**source.layout) if source.layout else survey(bytes(source.content))


def faults_of(import_id: UUID) -> list[tuple[int, RowFault]]:
    """The first of them, by line."""
    source = _import(import_id)
    found = ImportFault.objects.filter(source_id=import_id).order_by("line", "field")
    return [_fault(fault, source) for fault in found[:PAGE]]


def _fault(found: ImportFault, source: CustomerImport) -> tuple[int, RowFault]:
    line, fault = found.fault()
    return line, (source.repeat_at(line) or fault) if fault.code == REPEATED else fault


def customer_export(export_id: UUID, *, user_id: UUID) -> ExportCard:
    """One's own only. Raises NoSuchFile."""
    found = CustomerExport.objects.filter(pk=export_id, owner_id=user_id).first()
    if found is None:
        raise NoSuchFile
    card: ExportCard = found.card()
    return card


def views_of(user_id: UUID) -> list[SavedViewCard]:
    """One's own and everybody's."""
    found = SavedView.objects.filter(Q(owner_id=user_id) | Q(is_shared=True))
    return [view.card() for view in found.order_by("name", "id")]


def _import(import_id: UUID) -> CustomerImport:
    rows = CustomerImport.objects.defer("content")
    found: CustomerImport | None = rows.filter(pk=import_id).first()
    if found is None:
        raise NoSuchFile
    return found
