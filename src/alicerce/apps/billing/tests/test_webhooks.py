"""The door for providers: proof first, then the letter is kept, once, and somebody reads it."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from alicerce.apps.billing.models import GatewayAccount, Notice
from alicerce.apps.billing.services.connect_gateway import register_hook, rotate_credentials
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.tenancy.models import Host
from alicerce.kernel.clock import now
from alicerce.kernel.http import Refusal
from alicerce.kernel.testing import queued_jobs, run_jobs
from alicerce.vendors.stripe.signatures import sign

SECRET = "whsec_1"
BOOKED = "billing.read_received_notice"


@pytest.fixture
def stripe(tenant, provider):
    return an_account(GatewayKind.STRIPE)


@pytest.fixture
def pix(tenant, provider):
    return an_account(GatewayKind.PIX)


def token(account):
    return account.secrets()["hook_token"]


def event(event_id="evt_1", **changes):
    about = {"id": "cs_test_1", "object": "checkout.session", "metadata": {}}
    made = {
        "id": event_id,
        "object": "event",
        "type": "checkout.session.completed",
        "created": 1,
        "livemode": False,
        "data": {"object": about},
    }
    return json.dumps(made | changes).encode()


def post_stripe(account, raw, *, secret=SECRET, at=None, door=None):
    return Client().post(
        f"/hooks/stripe/{door or token(account)}/",
        data=raw,
        content_type="application/json",
        headers={"Stripe-Signature": sign(raw, [secret], at or now())},
    )


def callback(e2eid="E99999010202609011200abcdefghijk"):
    pix = {"endToEndId": e2eid, "valor": "49.90", "horario": "2026-09-01T12:00:00Z"}
    return json.dumps({"pix": [pix]}).encode()


def post_pix(account, raw, *, end="/pix", **headers):
    return Client().post(
        f"/hooks/pix/{token(account)}{end}",
        data=raw,
        content_type="application/json",
        headers=headers,
    )


class TestStripeHook:
    def test_refuses_an_event_whose_id_cannot_be_kept(self, stripe):
        assert post_stripe(stripe, event("evt\0")).status_code == 400
        assert Notice.objects.count() == 0

    def test_keeps_what_it_was_told_and_queues_its_reading(self, stripe):
        raw = event()

        assert post_stripe(stripe, raw).status_code == 200

        notice = Notice.objects.get()
        assert (bytes(notice.raw), notice.external_key) == (raw, "evt_1")
        assert "Stripe-Signature" not in notice.headers
        assert queued_jobs().count(BOOKED) == 1

    def test_keeps_a_repeated_event_once(self, stripe):
        answers = {post_stripe(stripe, event()).status_code for _ in range(5)}

        assert answers == {200}
        assert Notice.objects.count() == 1
        assert queued_jobs().count(BOOKED) == 1

    @pytest.mark.parametrize(
        "forged",
        [
            {"secret": "whsec_other"},
            {"secret": ""},
            {"at": lambda: now() - timedelta(seconds=301)},
            {"at": lambda: now() + timedelta(seconds=600)},
        ],
    )
    def test_refuses_what_is_not_genuine(self, stripe, forged):
        forged = {name: said() if callable(said) else said for name, said in forged.items()}

        assert post_stripe(stripe, event(), **forged).status_code == 400
        assert not Notice.objects.exists()

    def test_refuses_bytes_that_were_not_signed(self, stripe):
        raw = event()
        header = sign(raw, [SECRET], now())

        answer = Client().post(
            f"/hooks/stripe/{token(stripe)}/",
            data=raw + b" ",
            content_type="application/json",
            headers={"Stripe-Signature": header},
        )

        assert answer.status_code == 400

    def test_refuses_test_events_at_a_live_account(self, tenant, provider):
        live = an_account(GatewayKind.STRIPE, livemode=True)

        assert post_stripe(live, event()).status_code == 400
        assert not Notice.objects.exists()

    def test_takes_both_secrets_while_they_are_rotated(self, stripe):
        changes = {"webhook_secrets": ["whsec_2", "whsec_1"]}
        rotate_credentials(account_id=stripe.id, changes=changes, at=NOON)

        assert post_stripe(stripe, event("evt_old")).status_code == 200
        assert post_stripe(stripe, event("evt_new"), secret="whsec_2").status_code == 200

    def test_is_not_there_without_a_secret(self, stripe):
        changes = {"webhook_secrets": ["", ""]}
        rotate_credentials(account_id=stripe.id, changes=changes, at=NOON)

        assert post_stripe(stripe, event(), secret="").status_code == 404

    def test_is_not_there_when_disabled_or_unknown(self, stripe, pix):
        assert post_stripe(stripe, event(), door="x" * 43).status_code == 404
        assert post_stripe(stripe, event(), door=token(pix)).status_code == 404
        GatewayAccount.objects.filter(pk=stripe.id).update(enabled=False)
        assert post_stripe(stripe, event()).status_code == 404
        assert not Notice.objects.exists()

    def test_refuses_a_flood(self, stripe):
        raw = event(padding="x" * 1_000_000)

        assert post_stripe(stripe, raw).status_code == 413
        assert not Notice.objects.exists()

    def test_takes_no_other_method(self, stripe):
        assert Client().get(f"/hooks/stripe/{token(stripe)}/").status_code == 405

    def test_writes_in_the_books_of_its_own_tenant(self, stripe, other_tenant):
        post_stripe(stripe, event())

        with other_tenant:
            assert not Notice.objects.exists()


class TestPixHook:
    @pytest.mark.parametrize("end", ["/pix", "", "/"])
    def test_keeps_callbacks_wherever_the_psp_posts_them(self, pix, end):
        assert post_pix(pix, callback(), end=end).status_code == 200
        assert Notice.objects.count() == 1

    def test_keeps_a_repeated_callback_once(self, pix):
        for _ in range(3):
            assert post_pix(pix, callback()).status_code == 200

        assert Notice.objects.count() == 1

    def test_answers_a_knock_that_says_nothing(self, pix):
        assert post_pix(pix, b'{"evento": "teste_webhook"}').status_code == 200
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("raw", [b"", b"[]", b"<html>", b"\xff"])
    def test_refuses_what_cannot_be_read(self, pix, raw):
        assert post_pix(pix, raw).status_code == 400

    def test_refuses_a_flood(self, pix):
        assert post_pix(pix, b"x" * 1_000_001).status_code == 413

    def test_wants_the_certificate_that_the_account_asks_for(self, tenant, provider):
        settings = {
            "pix_key": "k",
            "client_cert_header": "X-Client-Subject",
            "client_cert_subject": "CN=psp.example",
        }
        strict = an_account(settings=settings)
        given = {"X-Client-Subject": "CN=psp.example"}

        assert post_pix(strict, callback()).status_code == 403
        assert post_pix(strict, callback(), **{"X-Client-Subject": "CN=x"}).status_code == 403
        assert post_pix(strict, callback(), **given).status_code == 200


class TestReading:
    def test_books_what_the_provider_confirms_and_nothing_else(self, pix, provider):
        invoice = an_invoice()
        provider.names = ""
        raw = callback()
        paid = a_payment(invoice.id, read_as=raw.decode().split()[0])
        provider.receive(paid)
        post_pix(pix, raw)

        assert BOOKED in run_jobs()

        invoice.refresh_from_db()
        notice = Notice.objects.get()
        assert (invoice.status, notice.outcome) == ("paid", "booked")
        assert notice.handled_at

    def test_one_that_is_refused_stands_in_nobodys_way(self, pix, provider, monkeypatch):
        invoice = an_invoice()
        provider.receive(a_payment(invoice.id, read_as="good"))
        show = provider.read

        def refuse_one(name):
            if name == "bad":
                raise Refusal("not yours to see")
            return show(name)

        monkeypatch.setattr(provider, "read", refuse_one)
        monkeypatch.setattr(provider, "readings_in", lambda raw: ("bad", "good"))
        post_pix(pix, callback())

        run_jobs()

        invoice.refresh_from_db()
        notice = Notice.objects.get()
        assert (invoice.status, notice.outcome) == ("paid", "refused")
        assert notice.detail == "not yours to see"

    def test_believes_no_callback_that_the_provider_does_not_know(self, pix, provider):
        post_pix(pix, callback())

        run_jobs()

        assert Notice.objects.get().outcome == "nothing_new"


class TestHookAddress:
    @pytest.fixture(autouse=True)
    def _address(self, tenant):
        Host.objects.create(
            tenant_id=tenant.id,
            domain="padaria.example",
            base_url="https://padaria.example",
            is_primary=True,
        )

    def test_is_told_to_the_provider(self, pix, provider):
        register_hook(account_id=pix.id, at=NOON)

        assert provider.hooks == [f"https://padaria.example/hooks/pix/{token(pix)}"]
        assert GatewayAccount.objects.get(pk=pix.id).hook_registered_at == NOON

    def test_takes_letters_signed_with_the_secret_it_was_given(self, stripe, provider):
        provider.hook_secret = "whsec_new"

        for _ in range(2):
            register_hook(account_id=stripe.id, at=NOON)

        stripe.refresh_from_db()
        assert stripe.secrets()["webhook_secrets"] == ["whsec_new", SECRET]
        assert post_stripe(stripe, event(), secret="whsec_new").status_code == 200

    def test_is_not_stored_in_the_clear(self, pix):
        row = GatewayAccount.objects.filter(pk=pix.id).values().get()

        assert token(pix) not in repr(row)
        assert b"secret" not in bytes(row["credentials"])
