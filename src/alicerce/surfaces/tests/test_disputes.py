"""Disputes from the card's bank to the page and back, with Stripe's simulator over real HTTP."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alicerce.apps.billing.models import Charge, Invoice, Payment
from alicerce.apps.billing.queries.gateways import config_of
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.tests.factories import NOON, a_paid_invoice, an_account, an_invoice
from alicerce.apps.billing.tests.test_flow import card
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.disputes.adapters.stripe import open_stripe_desk
from alicerce.apps.disputes.models import Answer, Dispute
from alicerce.apps.disputes.services.follow_dispute import follow_dispute
from alicerce.apps.disputes.tests.factories import a_card_account, a_card_payment, told
from alicerce.apps.ledger.public import ledger_balance
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser, proven
from alicerce.ui.formats import moment

__all__ = ["card"]


@pytest.fixture
def finance(site):
    person = a_person("fabio@padaria.example", name="Fábio")
    a_member(site, person, "finance")
    return browser(person)


@pytest.fixture
def reader(site):
    person = a_person("lia@padaria.example", name="Lia")
    a_member(site, person, "read_only")
    return browser(person)


def deliver(house, kind, *, times=1):
    """Stripe posts its latest event of that kind, and the jobs run."""
    event = next(e for e in house.provider.ledger.all("event") if e["type"] == kind)
    for _again in range(times):
        assert house.tell(event).status_code == 200
    run_jobs(include_delayed=True, raise_failures=False)


@pytest.fixture
def paid(site, card):
    """An invoice that was paid at Stripe; the name of the payment there."""
    invoice = an_invoice()
    begin_charge(
        invoice_id=invoice.id,
        method=PaymentMethod.CARD,
        return_url="https://x.example/",
        at=now(),
    )
    run_jobs(include_delayed=True, raise_failures=False)
    session = card.provider.pay(Charge.objects.get().external_id)
    deliver(card, "checkout.session.completed")
    assert Invoice.objects.get().status == "paid"
    yield session["payment_intent"]
    open_stripe_desk(config_of(card.account))._client.close()


def test_won_by_evidence_from_the_page(card, paid, finance):
    made = card.provider.disputes.open(paid)
    deliver(card, "charge.dispute.funds_withdrawn", times=2)
    deliver(card, "charge.dispute.created", times=2)
    dispute = Dispute.objects.get()
    assert (dispute.status, dispute.taken_cents, dispute.fee_cents) == (
        "needs_response",
        4990,
        5500,
    )
    client_page = Client().get(reverse("site:invoice", args=[Invoice.objects.get().token]))
    assert "está em disputa" in client_page.text
    assert "Faltam 9 dias" in finance.get("/app/disputas/").text

    place = f"/app/disputas/{dispute.id}/"
    page = finance.get(place).text
    assert "Hospedagem" in page
    with timezone.override("America/Sao_Paulo"):
        assert f"{moment(dispute.respond_by)} · Faltam 9 dias" in page, "by the company's clock"
    typed = {"product_description": "Hospedagem de um mês", "enviar": "1"}
    answer = finance.post(f"{place}rascunho/", typed)
    assert approve(finance, answer, shows=["Hospedagem de um mês"]).status_code == 302
    run_jobs(include_delayed=True, raise_failures=False)

    said = card.provider.ledger.get("dispute", made["id"])
    assert said["evidence"] == {"product_description": "Hospedagem de um mês"}
    assert said["status"] == "under_review"
    assert finance.get(f"{place}enviar/").status_code == 404
    card.provider.disputes.decide(made["id"], won=True)
    deliver(card, "charge.dispute.closed", times=2)
    assert Dispute.objects.get().status == "won"
    assert Invoice.objects.get().status == "paid"
    assert ledger_balance("dispute_reserve") == (Money(0),)


def test_a_lost_answer_of_stripe_is_read_and_not_sent_again(card, paid, finance):
    """Evidence reaches Stripe, the connection breaks: the job asks before it would repeat."""
    made = card.provider.disputes.open(paid)
    deliver(card, "charge.dispute.created")
    place = f"/app/disputas/{Dispute.objects.get().id}/"
    card.faults.arm("execute_then_drop", match="update_dispute")
    approve(finance, finance.post(f"{place}rascunho/", {"customer_name": "M", "enviar": "1"}))
    run_jobs(include_delayed=True, raise_failures=False)

    assert Answer.objects.get().state == "done"
    details = card.provider.ledger.get("dispute", made["id"])["evidence_details"]
    assert details["submission_count"] == 1
    calls = [call.operation for call in card.faults.calls]
    assert calls.count("stripe.update_dispute") == 1


def test_accepted_from_the_page(card, paid, finance):
    card.provider.disputes.open(paid)
    deliver(card, "charge.dispute.created")
    place = f"/app/disputas/{Dispute.objects.get().id}/"
    approve(finance, f"{place}aceitar/", shows=["Não tem volta"])
    run_jobs(include_delayed=True, raise_failures=False)

    assert Dispute.objects.get().status == "accepted"
    assert Invoice.objects.get().status == "charged_back"
    assert "Aceita" in finance.get("/app/disputas/?estado=perdidas").text


class TestPages:
    @pytest.fixture
    def dispute(self, site):
        account = a_card_account()
        a_card_payment(account, an_invoice())
        follow_dispute(account_id=account.id, told=told(respond_by=None), at=NOON)
        return Dispute.objects.get()

    def test_who_may_only_read_answers_nothing(self, dispute, reader):
        place = f"/app/disputas/{dispute.id}/"
        assert "Salvar rascunho" not in reader.get(place).text
        assert reader.post(f"{place}rascunho/", {"customer_name": "M"}).status_code == 403
        assert reader.get(f"{place}aceitar/").status_code == 403
        assert reader.get("/app/disputas/servicos/").status_code == 403

    def test_what_is_sent_is_what_was_approved_beyond_what_the_page_has_room_for(
        self, dispute, finance
    ):
        place = f"/app/disputas/{dispute.id}/"
        typed = {"product_description": "H" * 300, "enviar": "1"}
        there = proven(finance, finance.post(f"{place}rascunho/", typed), shows=["HHH"])
        finance.post(f"{place}rascunho/", {"product_description": "H" * 299 + "x"})

        assert finance.post(there).status_code == 403
        assert not Answer.objects.exists()

    def test_a_draft_is_kept_and_shown_again(self, dispute, finance):
        place = f"/app/disputas/{dispute.id}/"
        finance.post(f"{place}rascunho/", {"customer_name": "Maria da Padaria"})

        assert "Maria da Padaria" in finance.get(place).text
        assert not Answer.objects.exists()

    def test_the_choice_about_services_is_saved(self, dispute, finance):
        finance.post("/app/disputas/servicos/", {"services": "suspend"})

        assert 'value="suspend"' in finance.get("/app/disputas/servicos/").text

    def test_a_med_is_written_down_and_decided(self, site, finance):
        a_paid_invoice(account=an_account())
        paid = Payment.objects.get()
        assert "Registrar MED" in finance.get(f"/app/faturas/{paid.invoice_id}/").text
        typed = {
            "reference": "MED-77",
            "amount": "49,90",
            "reason": "med_fraud",
            "notified_at": "2026-09-02T10:00",
            "respond_by": "2026-09-05T10:00",
            "is_blocked": "on",
        }
        asked = finance.post(f"/app/disputas/pix/{paid.id}/", typed)
        assert finance.post(asked.headers["Location"]).status_code == 403
        assert not Dispute.objects.exists()
        done = approve(finance, asked, shows=["MED-77", "R$\xa049,90", "sai do saldo"])
        place = done.headers["Location"]
        assert "MED-77" in finance.get(place).text
        finance.post(f"{place}defesa/")
        returned = {"reference": "D77", "amount": "10,00"}
        assert (
            finance.post(f"{place}devolver/", {**returned, "amount": "50,00"}).status_code
            == 422
        )
        asked = finance.post(f"{place}devolver/", returned)
        assert finance.post(asked.headers["Location"]).status_code == 403
        assert Dispute.objects.get().status == "under_review"
        approve(finance, asked, shows=["D77", "R$\xa010,00"])

        assert Dispute.objects.get().status == "lost"
        assert ledger_balance("dispute_losses") == (Money(1000),)
