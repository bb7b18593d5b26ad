"""What plans ask of their buyers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.functional import Promise

from alicerce.apps.catalog.errors import BadAnswers, NoSuchField
from alicerce.apps.catalog.models import PlanField
from alicerce.apps.catalog.rules import UnfitAnswer, answer_of
from alicerce.apps.catalog.types import Answer, AskedField, FieldKind


def fields_of(plan_ids: Collection[UUID]) -> Mapping[UUID, tuple[AskedField, ...]]:
    """What each of these plans asks, in one query however many."""
    asked: dict[UUID, list[AskedField]] = defaultdict(list)
    for row in PlanField.objects.asked().filter(plan_id__in=plan_ids):
        asked[row.plan_id].append(_asked(row))
    return defaultdict(tuple, {plan_id: tuple(own) for plan_id, own in asked.items()})


def asked_field(field_id: UUID) -> AskedField:
    """Raises NoSuchField."""
    row = PlanField.objects.asked().filter(pk=field_id).first()
    if row is None:
        raise NoSuchField
    return _asked(row)


def answers_to(*, plan_id: UUID, said: Mapping[UUID, str]) -> tuple[Answer, ...]:
    """What was said to what the plan asks today, as it is kept; nothing of what was left open.

    Raises BadAnswers, with each field that is wrong.
    """
    asked = fields_of([plan_id])[plan_id]
    known = {field.id for field in asked}
    faults: dict[UUID, Promise] = {id_: BadAnswers.UNKNOWN for id_ in said if id_ not in known}
    answers = []
    for field in asked:
        try:
            value = answer_of(field, said.get(field.id, ""))
        except UnfitAnswer as unfit:
            faults[field.id] = BadAnswers.WORDS[unfit.fault]
            continue
        if value:
            answers.append(_answer(field, value))
    if faults:
        raise BadAnswers(faults)
    return tuple(answers)


def _answer(field: AskedField, value: str) -> Answer:
    return Answer(field.id, field.kind, field.label, field.label_en, field.is_personal, value)


def _asked(row: PlanField) -> AskedField:
    return AskedField(
        id=row.id,
        plan_id=row.plan_id,
        kind=FieldKind(row.kind),
        label=row.label,
        label_en=row.label_en,
        help=row.help,
        is_required=row.is_required,
        is_personal=row.is_personal,
        choices=tuple(row.choices),
        position=row.position,
    )
