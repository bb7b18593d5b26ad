"""What buyers answered to the fields of what they ordered."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import FieldKind, YesNo, label_in
from alicerce.apps.orders.models import Line, OrderAnswer
from alicerce.apps.orders.types import KeptAnswer
from alicerce.kernel.brazil import document


def answers_of(
    order_ids: Collection[UUID], *, with_personal: bool
) -> Mapping[UUID, tuple[KeptAnswer, ...]]:
    """In the order they were asked in; a personal one says nothing to who may not read it."""
    found: dict[UUID, list[KeptAnswer]] = defaultdict(list)
    rows = OrderAnswer.objects.filter(order_id__in=order_ids).order_by("position", "id")
    for row in rows:
        found[row.order_id].append(row.read(with_personal=with_personal))
    return defaultdict(tuple, {order_id: tuple(own) for order_id, own in found.items()})


def answers_in_words(order_id: UUID, *, with_personal: bool) -> list[tuple[str, str]]:
    """Each label and what was said to it, in the reader's language."""
    language = get_language() or ""
    answers = answers_of([order_id], with_personal=with_personal)[order_id]
    return [(label_in(language, one.label, one.label_en), _words(one)) for one in answers]


def answers_of_line_in_words(line_id: UUID, *, with_personal: bool) -> list[tuple[str, str]]:
    """Of the order that a line is of; nothing where the line is not known here."""
    order_id = Line.objects.filter(pk=line_id).values_list("order_id", flat=True).first()
    return answers_in_words(order_id, with_personal=with_personal) if order_id else []


def _words(answer: KeptAnswer) -> str:
    if answer.value is None:
        return _("Não aparece aqui: é um dado pessoal")
    if not answer.value:
        return _("Apagado")
    if answer.kind == FieldKind.YES_NO:
        return _("Sim") if answer.value == YesNo.YES else _("Não")
    if answer.kind == FieldKind.DOCUMENT:
        return str(document(answer.value))
    return answer.value
