"""A program asks for a correction; a person proves who they are, sees it to the cent, and it is done once."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import CreditNote, Payment, Refund
from alicerce.apps.billing.tests.factories import a_paid_invoice, an_account, an_invoice
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.corrections.errors import CorrectionIsOver, MoneyMoved
from alicerce.apps.corrections.models import Correction
from alicerce.apps.corrections.queries.corrections import correction
from alicerce.apps.corrections.services.ask import expire_due
from alicerce.apps.corrections.services.decide import carry_out
from alicerce.apps.developers.services.retire_key import revoke_key
from alicerce.apps.developers.tests.factories import a_key, a_maker
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.ids import uuid7
from alicerce.surfaces.api.tests.conftest import Api
from alicerce.surfaces.tests.conftest import approve, browser, proven

TRANSFER = {
    "amount_cents": 4990,
    "method": "transfer",
    "received_on": "2026-09-01",
    "reference": "TED 123",
    "proof": "extrato",
}
OTHERS = {
    "void": ("corrigir/", {}, ((4990, 0), "void")),
    "write_off": ("corrigir/", {}, ((4990, 4990), "uncollectible")),
    "payment": ("registrar/", TRANSFER, ((4990, 0), "paid")),
}
LIST = "/app/financeiro/correcoes/"


@pytest.fixture
def maker(site):
    return a_maker(site)


@pytest.fixture
def api(site, maker):
    return Api(a_key(site, "corrections:request", "billing:read", maker=maker).secret)


@pytest.fixture
def reader(site, maker):
    return Api(a_key(site, "billing:read", maker=maker).secret)


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


def colleague_id(browser):
    return UUID(browser.session["_auth_user_id"])


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
        leo = a_person("leo@padaria.example", name="Leo")
        a_member(site, leo, "read_only")

        assert "Conferir e aprovar" not in browser(leo).get(page(told)).text
        assert browser(leo).get(page(told, "devolver/")).status_code == 403
        assert browser(leo).get(page(told, "recusar/")).status_code == 403
        assert colleague.get(page(told, "corrigir/")).status_code == 404

        approve(colleague, page(told, "devolver/"))

        refund = Refund.objects.get()
        assert (refund.invoice_id, refund.amount_cents) == (paid.id, 1990)

    def test_does_nothing_else_than_was_shown_and_nothing_twice(
        self, api, colleague, invoice, published
    ):
        told = credit(api, invoice, 3000)
        confirming = proven(colleague, page(told, "corrigir/"))
        billing.correcting.credit_invoice(
            invoice_id=invoice.id, wanted=[Credited(1000)], reason="outra", at=now()
        )

        assert colleague.post(confirming).status_code == 403  # the proof was for other figures
        seen = colleague.get(page(told)).text
        assert "O dinheiro mudou desde o pedido" in seen
        assert "R$\xa049,90 → R$\xa019,90" in seen
        view = correction(UUID(told["id"]))
        before = {"correction_id": view.id, "by": colleague_id(colleague), "at": now()}
        with pytest.raises(MoneyMoved):
            carry_out(**before, seen=view.foreseen)
        assert CreditNote.objects.count() == 1

        approve(colleague, page(told, "corrigir/"))
        with pytest.raises(CorrectionIsOver):
            carry_out(**before, seen=view.foreseen)
        assert CreditNote.objects.count() == 2
        assert events(published) == ["correction.requested", "correction.carried_out"]

        late = credit(api, invoice, 500)
        billing.correcting.void_invoice(invoice_id=invoice.id, at=now())
        seen = colleague.get(page(late)).text
        assert "Agora isto não pode ser feito" in seen
        assert "Conferir e aprovar" not in seen

    @pytest.mark.parametrize(("kind", "done"), OTHERS.items())
    def test_of_each_other_kind_is_done_as_on_its_page(
        self, api, colleague, invoice, kind, done
    ):
        place, more, becomes = done
        told = ask(api, kind=kind, invoice_id=str(invoice.id), **more)
        after = told["effect"]["after"]["invoice_status"]
        assert (change(told, "invoice_remaining_cents"), after) == becomes
        assert billing.invoice(invoice.id).status == "open"

        approve(colleague, page(told, place))

        assert billing.invoice(invoice.id).status == after
        assert api.get(f"/corrections/{told['id']}").json()["effect"] == told["effect"]

    def test_gives_credit_and_takes_it(self, api, colleague, renata):
        for cents, becomes in ((700, (0, 700)), (-200, (700, 500))):
            of = {"kind": "wallet", "customer_id": str(renata.id)}
            told = ask(api, **of, amount_cents=cents)
            assert change(told, "wallet_balance_cents") == becomes
            approve(colleague, page(told, "corrigir/"))

        assert [money.cents for money in billing.wallet_balance(renata.id)] == [500]

    def test_that_the_page_would_refuse_is_refused_at_once(self, api, reader, invoice):
        of, wanted = {"invoice_id": str(invoice.id)}, {"reason": "x"}
        for body, status, code in (
            ({"kind": "credit_note", "amount_cents": 4991, **of}, 409, "not_creditable"),
            (
                {"kind": "refund", "amount_cents": 1, "payment_id": str(uuid7())},
                404,
                "no_such_payment",
            ),
            ({"kind": "void", "invoice_id": str(uuid7())}, 404, "no_such_invoice"),
            (
                {"kind": "wallet", "customer_id": str(uuid7()), "amount_cents": 1},
                404,
                "no_such_customer",
            ),
            (
                {"kind": "payment", **of, **TRANSFER, "amount_cents": 4991},
                422,
                "more_than_remains",
            ),
            (
                {"kind": "payment", **of, **TRANSFER, "received_on": "2099-01-01"},
                422,
                "not_received_yet",
            ),
        ):
            answer = api.post("/corrections", {**wanted, **body})
            assert (answer.status_code, answer.json()["code"]) == (status, code), body
        wrong = api.post(
            "/corrections", {**wanted, "kind": "void", "line": 1, "amount_cents": -5, **of}
        )
        places = {(fault["pointer"], fault["code"]) for fault in wrong.json()["errors"]}
        assert places == {
            ("/line", "unknown_field"),
            ("/amount_cents", "unknown_field"),
            ("/amount_cents", "out_of_range"),
        }
        assert (
            api.post("/corrections", {**wanted, "kind": "refund"}).json()["errors"][0]["code"]
            == "missing"
        )
        body = {**wanted, "kind": "void", **of}
        assert reader.post("/corrections", body).status_code == 403
        assert not Correction.objects.exists()
        first = api.post("/corrections", body, Idempotency_Key="a")
        assert api.post("/corrections", body, Idempotency_Key="a").json() == first.json()
        assert api.post("/corrections", body).json()["code"] == "already_requested"

    def test_ends_refused_with_a_reason_canceled_or_in_time(
        self, api, colleague, invoice, published
    ):
        refused, canceled, late = (credit(api, invoice, cents) for cents in (100, 200, 300))

        assert colleague.post(page(refused, "recusar/"), {"reason": ""}).status_code == 422
        colleague.post(page(refused, "recusar/"), {"reason": "já creditado por telefone"})
        api.post(f"/corrections/{canceled['id']}/cancel")
        expire_due(at=now() + timedelta(days=6))
        assert (
            api.get("/corrections?state=awaiting_approval").json()["data"][0]["id"]
            == late["id"]
        )
        expire_due(at=now() + timedelta(days=7, minutes=1))

        told = {one["id"]: one for one in api.get("/corrections?expand=invoice").json()["data"]}
        states = [told[one["id"]]["state"] for one in (refused, canceled, late)]
        assert states == ["refused", "canceled", "expired"]
        assert told[refused["id"]]["refusal"] == "já creditado por telefone"
        assert told[late["id"]]["invoice"]["number"] == "A1"
        assert events(published)[3:] == [
            "correction.refused",
            "correction.canceled",
            "correction.expired",
        ]
        again = api.post(f"/corrections/{refused['id']}/cancel")
        assert (again.status_code, again.json()["code"]) == (409, "correction_is_over")
        for one in (refused, canceled, late):
            assert colleague.get(page(one, "corrigir/")).status_code == 404
            assert "Conferir e aprovar" not in colleague.get(page(one)).text
        assert "já creditado por telefone" in colleague.get(page(refused)).text
        for state in ("feitas", "recusadas", "outras"):
            assert colleague.get(f"{LIST}?estado={state}").status_code == 200
        left = credit(api, invoice, 400)
        revoke_key(key_id=UUID(api.get("/me").json()["key_id"]), at=now())
        assert correction(UUID(left["id"])).state == "canceled"  # nobody approves it any more
        assert not CreditNote.objects.exists()
