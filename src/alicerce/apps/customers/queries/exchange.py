"""Files that come in and go out, and the views people keep."""

from uuid import UUID

from django.db.models import Q

from alicerce.apps.customers.errors import NoSuchFile
from alicerce.apps.customers.models import (
    CustomerExport,
    CustomerImport,
    ImportFault,
    SavedView,
)
from alicerce.apps.customers.rules.sheets import (
    guess_columns,
    read_stretch,
    span_of,
    survey,
)
from alicerce.apps.customers.types import (
    Exchange,
    ExportCard,
    ImportCard,
    Layout,
    Preview,
    RowFault,
    SavedViewCard,
)

PAGE, PREVIEWED = 200, 5


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


def next_lines(source: CustomerImport) -> list[list[str]]:
    """Those of the step that is due; none but them are read."""
    return _lines_at(source, source.position)


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
    found = ImportFault.objects.filter(source_id=import_id).order_by("line", "field")
    return [fault.fault() for fault in found[:PAGE]]


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
