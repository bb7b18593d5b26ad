"""Standing in another's place: written down, told, over when it is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from alicerce.apps.audit.models import Entry
from alicerce.apps.identity.models import Impersonation
from alicerce.apps.identity.ports import letters
from alicerce.apps.identity.queries import stand_in, stand_ins
from alicerce.apps.identity.rules import KEPT_IN_PLACE_OF, kept_in_place_of
from alicerce.apps.identity.services.impersonation import (
    end_impersonation,
    start_impersonation,
)
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.identity.types import Area, Errand
from alicerce.kernel.context import Context, acting
from alicerce.kernel.permissions import declared

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
ERRAND = Errand(Area.CLIENT, "Não acha a segunda via do boleto", "1042")


class Letters:
    def __init__(self):
        self.sent = []

    def send(self, **letter):
        self.sent.append(letter)


@pytest.fixture
def outbox(monkeypatch):
    monkeypatch.setitem(letters, "notify", Letters())
    return letters["notify"].sent


@pytest.fixture
def caio(tenant):
    return a_person("caio@padaria.example", name="Caio")


@pytest.fixture
def renata(tenant):
    return a_person("renata@cliente.example", name="Renata")


@pytest.fixture
def begun(caio, renata, outbox):
    return start_impersonation(actor_id=caio.pk, subject_id=renata.pk, errand=ERRAND, at=NOON)


class TestImpersonation:
    def test_lasts_half_an_hour_and_not_a_moment_longer(self, begun, caio):
        half_an_hour = NOON + timedelta(minutes=30)

        assert stand_in(begun, actor_id=caio.pk, at=half_an_hour - timedelta(seconds=1))
        assert stand_in(begun, actor_id=caio.pk, at=half_an_hour) is None

    def test_is_nobody_elses(self, begun, renata):
        assert stand_in(begun, actor_id=renata.pk, at=NOON) is None

    def test_of_another_company_is_none(self, begun, caio, other_tenant):
        with other_tenant:
            assert stand_in(begun, actor_id=caio.pk, at=NOON) is None

    def test_ends_once(self, begun, caio):
        for minutes in (5, 6):
            end_impersonation(impersonation_id=begun, at=NOON + timedelta(minutes=minutes))

        assert stand_in(begun, actor_id=caio.pk, at=NOON) is None
        assert [one.ended_at for one in stand_ins()] == [NOON + timedelta(minutes=5)]
        assert Entry.objects.filter(action="impersonation.ended").count() == 1

    def test_that_ran_out_ended_when_it_ran_out(self, begun):
        end_impersonation(impersonation_id=begun, at=NOON + timedelta(days=1))

        assert stand_ins()[0].ended_at == NOON + timedelta(minutes=30)

    def test_leaves_no_reason_and_no_name_in_the_trail(self, begun, renata):
        entry = Entry.objects.get(action="impersonation.started")

        assert entry.entity_id == renata.pk
        assert entry.after == {
            "impersonation": str(begun),
            "area": "client",
            "ticket": True,
            "may_write": False,
        }

    def test_is_told_to_whose_place_it_is(self, begun, outbox):
        [letter] = outbox

        assert (letter["template"], letter["to"]) == ("impersonated", "renata@cliente.example")
        assert letter["values"]["reason"] == ERRAND.reason

    @pytest.mark.parametrize("change", [{"reason": "outro"}, {"may_write": True}])
    def test_cannot_be_told_otherwise_afterwards(self, begun, change):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            Impersonation.objects.filter(pk=begun).update(**change)


class TestRights:
    def test_of_another_shrink_to_what_is_listed(self):
        held = frozenset(declared()) | {"privacy:write", "made:up"}

        assert kept_in_place_of(held) == KEPT_IN_PLACE_OF

    @pytest.mark.parametrize(
        "sensitive",
        [
            "account:own",
            "client:people",
            "company:write",
            "customers:export",
            "keys:read",
            "keys:write",
            "members:write",
            "people:impersonate",
            "platform:operate",
            "roles:write",
            "servers:write",
        ],
    )
    def test_never_reach_what_is_only_the_persons(self, sensitive):
        assert kept_in_place_of(frozenset({sensitive})) == frozenset()


class TestContext:
    def test_keeps_the_actor_and_signs_with_both(self, caio, renata):
        with acting(tenant_id=None, actor=f"user:{caio.pk}", on_behalf_of=renata.pk) as who:
            assert who.actor == f"user:{caio.pk}"
            assert who.signature == f"user:{caio.pk} for user:{renata.pk}"
            assert len(who.signature) <= Entry._meta.get_field("actor").max_length

    def test_signs_alone_as_a_rule(self):
        assert Context(actor="system").signature == "system"
