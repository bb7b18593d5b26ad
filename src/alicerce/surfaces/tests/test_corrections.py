"""A program asks for a correction; a person proves who they are, sees it to the cent, and it is done once."""

from datetime import UTC, date, datetime

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing.models import CreditNote, Payment, Refund
from alicerce.apps.billing.tests.factories import a_paid_invoice, an_account, an_invoice
from alicerce.apps.developers.tests.factories import a_key, a_maker
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.surfaces.api.tests.conftest import Api
from alicerce.surfaces.tests.conftest import approve, browser

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LIST = "/app/financeiro/correcoes/"


@pytest.fixture
def api(site):
    return Api(a_key(site, "corrections:request", "billing:read", maker=a_maker(site)).secret)


@pytest.fixture
def invoice(renata):
    return an_invoice(customer_id=renata.id, due_on=date(2026, 9, 10))


def ask(api, **wanted):
    """What is waiting now, as the program is told."""
    answer = api.post("/corrections", {"reason": "um dia fora do ar", **wanted})
    assert answer.status_code == 202, answer.text
    told = answer.json()
    assert answer.headers["Location"] == f"/v1/corrections/{told['id']}"
    return told


def credit(api, invoice, cents=990, **more):
    return ask(api, kind="credit_note", invoice_id=str(invoice.id), amount_cents=cents, **more)


def page(told, place=""):
    return f"{LIST}{told['id']}/{place}"


def change(told, figure):
    effect = told["effect"]
    return effect["before"][figure], effect["after"][figure]


def events(published):
    return [event.name for event in published if event.name.startswith("correction.")]


class TestRequest:
    def test_becomes_a_credit_note_once_a_person_proved_and_saw_it(
        self, api, colleague, invoice, published
    ):
        told = credit(api, invoice)

        assert told["state"] == "awaiting_approval"
        assert change(told, "invoice_remaining_cents") == (4990, 4000)
        assert not CreditNote.objects.exists()  # it was tried, and taken back
        assert events(published) == ["correction.requested"]
        assert "1 correção pedida" in colleague.get("/app/").text
        assert "Renata Souza" in colleague.get(LIST).text
        assert page(told) in colleague.get(f"/app/faturas/{invoice.id}/").text
        assert "Conferir e aprovar" in colleague.get(page(told)).text

        shows = ("R$\xa09,90", "R$\xa049,90 → R$\xa040,00", "um dia fora do ar")
        approve(colleague, page(told, "corrigir/"), shows=shows)

        note = CreditNote.objects.get()
        assert (note.total_cents, note.reason) == (990, "um dia fora do ar")
        done = api.get(f"/corrections/{told['id']}").json()
        assert done["state"] == "carried_out"
        assert done["result"] == {"object": "credit_note", "id": str(note.id)}
        assert events(published)[-1] == "correction.carried_out"
        trail = {one.action: one for one in Entry.objects.filter(entity="correction")}
        key, person = trail["correction.requested"], trail["correction.carried_out"]
        assert (key.actor[:4], person.actor[:5]) == ("key:", "user:")
        assert person.after["requested_by"] == key.actor

    def test_refunds_a_payment_only_by_who_may(self, api, site, colleague, renata, provider):
        paid = a_paid_invoice(account=an_account(), customer_id=renata.id, paid_at=now())
        payment = Payment.objects.get()
        told = ask(api, kind="refund", payment_id=str(payment.id), amount_cents=1990)
        assert change(told, "payment_refundable_cents") == (4990, 3000)
        reader = a_person("leo@padaria.example", name="Leo")
        a_member(site, reader, "read_only")

        seen = browser(reader).get(page(told)).text
        assert "Conferir e aprovar" not in seen
        assert browser(reader).get(page(told, "devolver/")).status_code == 403
        assert browser(reader).get(page(told, "recusar/")).status_code == 403
        assert colleague.get(page(told, "corrigir/")).status_code == 404

        approve(colleague, page(told, "devolver/"))

        refund = Refund.objects.get()
        assert (refund.invoice_id, refund.amount_cents) == (paid.id, 1990)
