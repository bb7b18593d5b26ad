"""Ladders that are changed, and exceptions that are made."""

from datetime import date

import pytest

from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.dunning.errors import (
    LadderNameTaken,
    LadderNotSound,
    NoSuchLadder,
    OverrideOfNothing,
)
from alicerce.apps.dunning.models import LadderVersion, Taken
from alicerce.apps.dunning.queries.futures import futures
from alicerce.apps.dunning.queries.ladders import default_ladder, ladders
from alicerce.apps.dunning.queries.walks import standing
from alicerce.apps.dunning.rules.ladders import SHIPPED, key_of
from alicerce.apps.dunning.services.keep_ladder import add_ladder, make_default, save_ladder
from alicerce.apps.dunning.services.override import (
    NewOverride,
    lift_override,
    set_override,
)
from alicerce.apps.dunning.tests.factories import OPENED, a_renewal, after, live_through
from alicerce.apps.dunning.types import LadderSpec, Rung, StepKind, Terms
from alicerce.kernel.ids import uuid7

pytestmark = pytest.mark.usefixtures("tenant")


def a_spec(*steps, **terms):
    rungs = tuple(Rung(key_of(kind, day), day, kind) for day, kind in steps)
    return LadderSpec(Terms(**terms), rungs)


GENTLE = a_spec((-1, StepKind.REMINDER), (10, StepKind.REMINDER))
HARSH = a_spec((1, StepKind.REMINDER), (2, StepKind.SUSPEND_ALL))


class TestLadders:
    def test_are_the_shipped_one_until_somebody_changes_it(self):
        assert default_ladder().spec == SHIPPED
        assert [(card.id, card.version) for card in ladders()] == [(None, 0)]

        saved = save_ladder(ladder_id=None, name="Padrão", spec=GENTLE, at=OPENED)

        assert (saved.version, saved.is_default, saved.spec) == (1, True, GENTLE)
        assert default_ladder() == saved

    def test_keep_every_version_they_had(self):
        saved = save_ladder(ladder_id=None, name="Padrão", spec=GENTLE, at=OPENED)
        save_ladder(ladder_id=saved.id, name="Padrão", spec=HARSH, at=OPENED)
        save_ladder(ladder_id=saved.id, name="Padrão", spec=HARSH, at=OPENED)  # nothing new

        found = LadderVersion.objects.order_by("number")
        assert [version.spec() for version in found] == [GENTLE, HARSH]

    def test_that_are_not_sound_are_refused(self):
        with pytest.raises(LadderNotSound):
            save_ladder(ladder_id=None, name="Padrão", spec=a_spec(), at=OPENED)

    def test_have_names_of_their_own(self):
        add_ladder(name="VIP", spec=GENTLE, at=OPENED)

        with pytest.raises(LadderNameTaken):
            add_ladder(name="VIP", spec=HARSH, at=OPENED)
        with pytest.raises(NoSuchLadder):
            save_ladder(ladder_id=uuid7(), name="Outra", spec=HARSH, at=OPENED)

    def test_take_turns_as_the_default(self):
        first = save_ladder(ladder_id=None, name="Padrão", spec=HARSH, at=OPENED)
        second = add_ladder(name="Suave", spec=GENTLE, at=OPENED)

        assert make_default(ladder_id=second.id, at=OPENED)
        assert not make_default(ladder_id=second.id, at=OPENED)
        assert [card.id for card in ladders()] == [second.id, first.id]

    def test_changed_on_the_way_rewrite_nothing_and_hold_from_now_on(self):
        invoice = a_renewal()
        live_through(after(3))
        before = list(Taken.objects.filter(invoice_id=invoice.id).order_by("id").values())

        save_ladder(ladder_id=None, name="Padrão", spec=HARSH, at=after(3, hour=12))
        live_through(after(10), begin=after(3, hour=12))

        now = list(Taken.objects.filter(invoice_id=invoice.id).order_by("id").values())
        assert now[: len(before)] == before
        added = [(row["step"], row["version"], row["at"]) for row in now[len(before) :]]
        assert added == [
            ("notice:suspend_all", 1, after(3, hour=12)),  # what was told was another step
            ("suspend_all", 1, after(4, hour=12)),
        ]


class TestOverrides:
    def test_need_to_say_what_they_change(self):
        with pytest.raises(OverrideOfNothing):
            set_override(customer_id=a_customer().id, wanted=NewOverride("amigo"), at=OPENED)

    def test_hold_for_the_invoices_already_on_their_way(self):
        invoice = a_renewal()
        told = standing(invoice.id, at=OPENED)

        wanted = NewOverride("combinado por telefone", extra_days=10)
        set_override(customer_id=invoice.customer_id, wanted=wanted, at=OPENED)
        then = standing(invoice.id, at=OPENED)
        lift_override(customer_id=invoice.customer_id, at=OPENED)

        assert _day(then, "suspend_web") > _day(told, "suspend_web")
        assert standing(invoice.id, at=OPENED).coming == told.coming

    def test_give_a_customer_another_ladder(self):
        invoice, vip = a_renewal(), add_ladder(name="VIP", spec=GENTLE, at=OPENED)

        wanted = NewOverride("contrato", ladder_id=vip.id)
        set_override(customer_id=invoice.customer_id, wanted=wanted, at=OPENED)
        live_through(after(60))

        steps = Taken.objects.filter(invoice_id=invoice.id).order_by("id")
        assert list(steps.values_list("step", flat=True)) == ["letter-1", "overdue", "letter10"]

    def test_leave_a_customer_alone_until_a_day(self):
        invoice = a_renewal()
        wanted = NewOverride("doença", exempt_until=date(2026, 12, 1))
        set_override(customer_id=invoice.customer_id, wanted=wanted, at=OPENED)

        live_through(after(21))

        steps = Taken.objects.filter(invoice_id=invoice.id).order_by("id")
        assert list(steps.values_list("step", flat=True)) == [
            "letter-7",
            "letter-3",
            "letter0",
            "overdue",
        ]


class TestFutures:
    def test_show_a_ladder_that_nobody_saved(self):
        (example,) = futures(HARSH, who="", due_on=date(2026, 11, 9), at=OPENED)

        kinds = [step.kind for step, _ in example.days]
        assert kinds == [StepKind.OVERDUE, StepKind.REMINDER, StepKind.SUSPEND_ALL]
        letter = example.days[1][1]
        assert "venceu em 9 de nov. de 2026" in letter.text
        assert "o que ainda funciona para em 11 de nov. de 2026" in letter.text
        assert default_ladder().spec == SHIPPED

    def test_of_an_invoice_begin_where_it_stands(self):
        invoice = a_renewal()
        live_through(after(1))

        (found,) = futures(SHIPPED, who=invoice.code, due_on=None, at=after(1, hour=12))

        assert found.days[0][0].step == "letter3"
        assert found.owed.code == invoice.code

    def test_of_a_customer_are_those_of_their_invoices(self):
        invoice = a_renewal()
        email = invoice.customer.email

        (found,) = futures(SHIPPED, who=email, due_on=None, at=OPENED)

        assert found.owed.code == invoice.code

    def test_of_nobody_are_none(self):
        assert futures(SHIPPED, who="ninguém assim", due_on=None, at=OPENED) == []


def _day(found, step):
    return next(each.at for each in found.coming if each.step == step)
