"""A company's ladders, and which of them holds for whom."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.dunning.errors import NoSuchLadder
from alicerce.apps.dunning.models import Ladder, Override
from alicerce.apps.dunning.rules.ladders import SHIPPED
from alicerce.apps.dunning.types import LadderCard, OverrideCard


def ladders() -> list[LadderCard]:
    """The default first. A company that never changed one has the shipped one."""
    found = [row.card() for row in Ladder.objects.order_by("-is_default", "name")]
    return found if found and found[0].is_default else [shipped(), *found]


def default_ladder() -> LadderCard:
    row = Ladder.objects.filter(is_default=True).first()
    return row.card() if row else shipped()


def shipped() -> LadderCard:
    return LadderCard(None, _("Padrão"), 0, is_default=True, spec=SHIPPED)


def ladder(ladder_id: UUID | None) -> LadderCard:
    """Without an id, the default one. Raises NoSuchLadder."""
    if ladder_id is None:
        return default_ladder()
    row = Ladder.objects.filter(pk=ladder_id).first()
    if row is None:
        raise NoSuchLadder
    return row.card()


def override_of(customer_id: UUID) -> OverrideCard | None:
    row = Override.objects.filter(customer_id=customer_id).first()
    return row.card() if row else None


def overrides_of(customer_ids: Sequence[UUID]) -> dict[UUID, OverrideCard]:
    rows = Override.objects.filter(customer_id__in=customer_ids)
    return {row.customer_id: row.card() for row in rows}
