"""What stands on a thing, beside the rest of what a page tells of it."""

from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.metadata.queries import metadata_of
from alicerce.apps.metadata.types import ThingKind
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair


def metadata_cards(kind: ThingKind, thing_id: UUID) -> list[Content]:
    """None where nothing stands on it: it comes by API only."""
    found = metadata_of(kind=kind, thing_ids=[thing_id])[thing_id]
    pairs = [Pair(name, value) for name, value in found.items()]
    return [Card([KeyValues(pairs)], title=_("Dados de integrações"))] if pairs else []
