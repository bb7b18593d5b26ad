"""A copy of one's data: whole, one's own, and gone after three days."""

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from alicerce.apps.customers.models import Customer, CustomerUser
from alicerce.apps.customers.tests.factories import a_customer_user, a_person
from alicerce.apps.notify.models import Message
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.privacy.errors import AlreadyAsked, ExportGone
from alicerce.apps.privacy.jobs import build_requested_export, throw_expired_exports_away
from alicerce.apps.privacy.models import Export
from alicerce.apps.privacy.services import export as exporting
from alicerce.apps.privacy.services.ask import ask_for_export
from alicerce.apps.privacy.services.export import build_export, hand_out, throw_away
from alicerce.apps.privacy.tests.factories import NOON, a_buyer, an_export, request_row
from alicerce.apps.privacy.types import RequestStatus
from alicerce.apps.support.models import Ticket


@pytest.fixture
def renata(tenant):
    an_order(domain="padaria.com.br", email="renata@example.com", name="Renata Souza")
    return CustomerUser.objects.get().user


def opened(content):
    archive = ZipFile(BytesIO(content))
    return {name: archive.read(name).decode() for name in archive.namelist()}


class TestBuildExport:
    def test_tells_everything_as_json_and_as_tables(self, renata):
        files = opened(an_export(renata.id).content())

        told = json.loads(files["dados.json"])
        assert told["identity.user"]["linhas"][0]["email"] == "renata@example.com"
        assert told["orders.line"]["linhas"][0]["spec"]["domain"] == "padaria.com.br"
        (row,) = csv.DictReader(StringIO(files["customers.customer.csv"]))
        assert row["document"] == "52998224725"

    def test_tells_no_secret(self, renata):
        text = "".join(opened(an_export(renata.id).content()).values())

        assert "password" not in text
        assert "token" not in text

    def test_tells_nothing_of_anybody_else(self, renata):
        bruno, _ = a_buyer("Bruno Lima")

        text = "".join(opened(an_export(bruno.id).content()).values())

        assert "Bruno Lima" in text
        assert "Renata" not in text

    def test_leaves_out_a_customer_that_others_act_for_too(self, renata):
        a_customer_user(Customer.objects.get(), a_person("socia@example.com"))

        text = "".join(opened(an_export(renata.id).content()).values())

        assert "52998224725" not in text

    def test_writes_to_whoever_asked(self, renata):
        an_export(renata.id)

        assert Message.objects.get(template="export_ready").to == "renata@example.com"

    def test_is_made_once_however_often_the_job_runs(self, renata, published):
        ask_for_export(user_id=renata.id, at=NOON)
        (asked,) = [fact for fact in published if fact.name == "privacy.export_requested"]

        for _ in range(2):
            build_requested_export(asked)

        assert Export.objects.count() == 1
        assert request_row(asked.request_id).status == RequestStatus.DONE

    def test_that_grew_too_large_is_left_to_people(self, renata, monkeypatch):
        monkeypatch.setattr(exporting, "MOST_BYTES", 10)
        request_id = ask_for_export(user_id=renata.id, at=NOON)

        for _ in range(2):
            build_export(request_id=request_id, at=NOON)

        assert not Export.objects.exists()
        assert request_row(request_id).status == RequestStatus.OPEN
        assert Ticket.objects.filter(entity_id=request_id).count() == 1

    def test_is_not_asked_for_twice_at_a_time(self, renata):
        ask_for_export(user_id=renata.id, at=NOON)

        with pytest.raises(AlreadyAsked):
            ask_for_export(user_id=renata.id, at=NOON)

    def test_may_be_asked_for_again_afterwards(self, renata):
        an_export(renata.id)

        ask_for_export(user_id=renata.id, at=NOON)


class TestHandOut:
    def test_is_to_whom_it_is_about(self, renata):
        made = an_export(renata.id)

        assert hand_out(export_id=made.id, user_id=renata.id, at=NOON) == made.content()

    def test_is_to_nobody_else(self, renata):
        made, bruno = an_export(renata.id), a_person("bruno@example.com")

        assert hand_out(export_id=made.id, user_id=bruno.id, at=NOON) is None

    def test_ends_after_three_days(self, renata):
        made = an_export(renata.id)
        last = NOON + timedelta(hours=72) - timedelta(seconds=1)

        assert hand_out(export_id=made.id, user_id=renata.id, at=last)
        with pytest.raises(ExportGone):
            hand_out(export_id=made.id, user_id=renata.id, at=last + timedelta(seconds=1))


class TestThrowAway:
    def test_takes_what_expired_and_nothing_else(self, renata):
        an_export(renata.id)

        assert throw_away(at=NOON + timedelta(hours=71)) == 0
        assert throw_away(at=NOON + timedelta(hours=72)) == 1
        assert not Export.objects.exists()

    def test_is_done_by_the_clock(self, renata):
        an_export(renata.id)

        for _ in range(2):
            throw_expired_exports_away()

        assert not Export.objects.exists()
