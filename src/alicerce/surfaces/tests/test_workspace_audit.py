"""A company's own trail: who may read it, and that it is nobody else's."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.audit.public import record
from alicerce.apps.developers.tests.factories import a_key
from alicerce.apps.tenancy.models import Membership
from alicerce.apps.tenancy.tests.cast import a_colleague
from alicerce.apps.tenancy.tests.factories import a_person
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.surfaces.tests.conftest import approve, browser

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
TRAIL = "/app/auditoria/"


@pytest.fixture
def bia(site):
    return a_colleague(site, "finance", "bia")


@pytest.fixture
def changed(colleague, bia):
    """Who gave Bia another role, as the trail names them."""
    approve(colleague, colleague.post(f"/app/equipe/{bia}/papel/", {"role": "support"}))
    return f"user:{Membership.objects.get(role='owner').user_id}"


class TestWhoMayOpen:
    def test_who_administers(self, colleague):
        assert colleague.get(TRAIL).status_code == 200

    def test_not_a_member_without_the_right(self, site):
        person = a_person("sol@padaria.example", name="Sol")
        Membership.objects.create(user=person, role="support")

        assert browser(person).get(TRAIL).status_code == 403

    def test_a_stranger_is_asked_to_sign_in(self, site):
        assert Client().get(TRAIL).headers["Location"] == f"/entrar/?next={TRAIL}"


class TestTrail:
    def test_shows_what_was_done_here_and_by_whom(self, colleague, changed):
        page = colleague.get(TRAIL, {"acao": "member."}).text

        assert "member.role_changed" in page
        assert colleague.get(TRAIL, {"pessoa": changed}).text.count("member.role_changed")
        assert "member.role_changed" not in colleague.get(TRAIL, {"pessoa": "user:x"}).text

    def test_speaks_of_work_and_of_things_in_words_and_links(self, colleague, site):
        invoice, customer, unknown = uuid7(), uuid7(), uuid7()
        person = Membership.objects.get(role="owner").user_id
        facts = {"customer_id": customer, "note_id": unknown, "user_id": person}
        work = "job:billing.register_connected_gateway"
        with acting(tenant_id=site.id, actor=work), transaction():
            record(
                action="invoice.paid", entity="invoice", entity_id=invoice, after=facts, at=NOON
            )

        page = colleague.get(TRAIL, {"acao": "invoice."}).text

        seen = re.sub(r"<[^>]+>", " ", page)
        assert "Automático" in seen  # which work it was, operators read
        assert reverse("workspace:invoice", args=[invoice]) in page
        assert reverse("workspace:customer", args=[customer]) in page
        assert f"…{str(unknown)[-6:]}" in seen
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", seen)
        assert "register_connected_gateway" not in seen

    def test_names_the_key_that_did_it(self, colleague, client, site):
        secret = a_key(site, "customers:create").secret
        client.post(
            "/v1/customers",
            {"name": "Renata Souza", "email": "renata@example.com"},
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

        assert "Chave Integração" in colleague.get(TRAIL, {"acao": "customer."}).text

    def test_leaves_out_every_other_company(self, colleague, changed, other_tenant):
        with other_tenant as oficina:
            theirs = a_colleague(oficina, "owner", "davi")
        asked = {"empresa": str(oficina.id), "objeto": str(theirs)}

        assert str(theirs) not in colleague.get(TRAIL).text
        assert "Nada com estes filtros" in colleague.get(TRAIL, asked).text
        assert "Todas as empresas" not in colleague.get(TRAIL).text
