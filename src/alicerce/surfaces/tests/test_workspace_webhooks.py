"""Webhooks in the workspace: who sees them, who changes them, and the secret that is shown once."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.endpoints.models import Delivery, Endpoint
from alicerce.apps.endpoints.tests.conftest import receiver
from alicerce.apps.endpoints.tests.factories import an_endpoint, an_event, tell
from alicerce.apps.endpoints.types import DeliveryStatus, DisabledReason
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.crypto import reveal
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser

__all__ = ["receiver"]

LIST = "/app/desenvolvedores/webhooks/"


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


@pytest.fixture
def reader(site):
    """May look and not touch."""
    person = a_person("lia@padaria.example", name="Lia")
    a_member(site, person, "read_only")
    return browser(person)


@pytest.fixture
def seller(site):
    """Works here, and has no business with webhooks."""
    person = a_person("sara@padaria.example", name="Sara")
    a_member(site, person, "finance")
    return browser(person)


@pytest.fixture
def endpoint(site):
    return an_endpoint(url="https://loja.example/hooks")


@pytest.fixture
def delivery(endpoint):
    tell(an_event(at=now()))
    return Delivery.objects.get()


def pages(endpoint, delivery):
    return [
        LIST,
        url("webhook", endpoint.id),
        url("webhook_delivery", delivery.id),
        url("events"),
        url("event", delivery.event_id),
    ]


def pressed(endpoint, delivery):
    names = ["rotate", "test", "replay", "enable", "disable", "delete"]
    return [
        *(url(f"webhook_{name}", endpoint.id) for name in names),
        url("webhook_delivery_replay", delivery.id),
        url("webhook_new"),
        url("webhook_edit", endpoint.id),
    ]


class TestWhoMay:
    def test_see(self, reader, endpoint, delivery):
        for page in pages(endpoint, delivery):
            assert reader.get(page).status_code == 200, page

    def test_not_see_without_the_right(self, seller, endpoint, delivery):
        for page in pages(endpoint, delivery):
            assert seller.get(page).status_code == 403, page

    def test_be_asked_to_sign_in(self, stranger, endpoint, delivery):
        for page in pages(endpoint, delivery):
            assert stranger.get(page).headers["Location"].startswith("/entrar/"), page

    def test_not_touch_without_the_right(self, reader, endpoint, delivery):
        for page in pressed(endpoint, delivery):
            assert reader.post(page).status_code == 403, page

    def test_not_find_what_is_not_theirs(self, colleague, other_tenant):
        with other_tenant:
            theirs = an_endpoint()
            tell(an_event())
            delivery = Delivery.objects.get()
        for page in [*pages(theirs, delivery)[1:3], url("event", delivery.event_id)]:
            assert colleague.get(page).status_code == 404, page
        for page in pressed(theirs, delivery):
            if page != url("webhook_new"):
                assert colleague.post(page).status_code == 404, page
        assert colleague.get(url("webhook", uuid7())).status_code == 404


class TestAdding:
    FORM = {"url": "https://loja.example/h", "types": ["invoice.*"], "description": "ERP"}

    def test_shows_the_secret_once(self, colleague):
        page = colleague.post(url("webhook_new"), self.FORM).text
        endpoint = Endpoint.objects.get()
        secret = reveal(endpoint, "secret")

        assert secret in page
        for shown in (LIST, url("webhook", endpoint.id), url("webhook_edit", endpoint.id)):
            text = colleague.get(shown).text
            assert "https://loja.example/h" in text
            assert secret not in text

    def test_says_what_is_wrong_with_an_address(self, colleague):
        page = colleague.post(url("webhook_new"), {**self.FORM, "url": "http://127.0.0.1/"})
        assert page.status_code == 422
        assert "não pode ser usado" in page.text
        assert not Endpoint.objects.exists()

    def test_offers_every_event_with_words(self, colleague):
        page = colleague.get(url("webhook_new")).text
        assert "invoice.paid" in page
        assert "Uma fatura foi paga por inteiro." in page
        assert "audit.seal_due" not in page

    def test_may_be_changed(self, colleague, endpoint):
        colleague.post(url("webhook_edit", endpoint.id), self.FORM)
        endpoint.refresh_from_db()
        assert (endpoint.types, endpoint.description) == (["invoice.*"], "ERP")


class TestButtons:
    def test_rotate_shows_the_new_secret(self, colleague, endpoint):
        page = approve(colleague, url("webhook_rotate", endpoint.id)).text
        endpoint.refresh_from_db()
        assert reveal(endpoint, "secret") in page

    def test_rotate_and_delete_do_nothing_for_who_proves_nothing(self, colleague, endpoint):
        before = reveal(endpoint, "secret")
        for name in ("webhook_rotate", "webhook_delete"):
            assert colleague.post(url(name, endpoint.id)).status_code == 403
        assert reveal(Endpoint.objects.get(), "secret") == before

    def test_an_approval_rotates_once_and_the_trail_knows_both(self, colleague, endpoint):
        page = approve(colleague, url("webhook_rotate", endpoint.id))
        secret = reveal(Endpoint.objects.get(), "secret")

        again = colleague.post(page.wsgi_request.get_full_path())

        assert again.status_code == 403
        assert reveal(Endpoint.objects.get(), "secret") == secret
        done = Entry.objects.filter(entity_id=endpoint.id).values_list("action", flat=True)
        assert {"endpoint.rotation_approved", "endpoint.secret_rotated"} <= set(done)

    def test_send_a_test(self, colleague, receiver):
        endpoint = an_endpoint(url=receiver.url)
        colleague.post(url("webhook_test", endpoint.id))
        run_jobs(raise_failures=False)
        page = colleague.get(url("webhook", endpoint.id)).text
        assert "endpoint.test" in page
        assert "Entregue" in page
        shown = colleague.get(url("webhook_delivery", Delivery.objects.get().id)).text
        assert "webhook-timestamp" in shown
        assert "hello" in shown

    def test_send_again_what_failed(self, colleague, delivery, endpoint):
        for name, key in (
            ("webhook_replay", endpoint.id),
            ("webhook_delivery_replay", delivery.id),
        ):
            Delivery.objects.update(status=DeliveryStatus.FAILED)
            colleague.post(url(name, key))
            delivery.refresh_from_db()
            assert delivery.status == DeliveryStatus.PENDING

    def test_send_again_what_failed_since_a_day_of_the_company(self, colleague, endpoint):
        today = now().astimezone(ZoneInfo("America/Sao_Paulo")).date()
        midnight = datetime.combine(today, time(), tzinfo=ZoneInfo("America/Sao_Paulo"))
        tell(an_event(at=midnight), an_event(at=midnight - timedelta(seconds=1)))
        Delivery.objects.update(status=DeliveryStatus.FAILED)
        page = url("webhook_replay", endpoint.id)

        told = colleague.post(page, {"day": today.isoformat()}, follow=True).text

        assert "1 entrega volta para a fila." in told
        assert Delivery.objects.open().get().event.at == midnight
        assert f'max="{today.isoformat()}"' in colleague.get(page).text

    @pytest.mark.parametrize("days", [-1, 31])
    def test_send_again_only_what_is_kept(self, colleague, endpoint, days):
        day = now().astimezone(ZoneInfo("America/Sao_Paulo")).date() - timedelta(days=days)
        answer = colleague.post(url("webhook_replay", endpoint.id), {"day": day.isoformat()})
        assert answer.status_code == 422
        assert "últimos 30" in answer.text

    def test_switch_off_on_and_away(self, colleague, endpoint):
        colleague.post(url("webhook_disable", endpoint.id))
        endpoint.refresh_from_db()
        assert endpoint.disabled == DisabledReason.BY_HAND
        colleague.post(url("webhook_enable", endpoint.id))
        endpoint.refresh_from_db()
        assert endpoint.is_enabled
        approve(colleague, url("webhook_delete", endpoint.id))
        assert not Endpoint.objects.exists()

    def test_filter_deliveries(self, colleague, delivery, endpoint):
        page = url("webhook", endpoint.id)
        assert "Nenhuma entrega aqui" in colleague.get(f"{page}?estado=failed").text
        assert "Nenhuma entrega aqui" not in colleague.get(f"{page}?estado=pending").text
