"""The money desk of a company: invoices found and corrected, each time proven and seen once more."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import (
    Charge,
    CreditNote,
    Invoice,
    Issuer,
    Payment,
    Refund,
    Ruling,
)
from alicerce.apps.billing.services.adjust_wallet import adjust_wallet
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.change_rules import change_rules
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.write_letters import announce_invoice
from alicerce.apps.billing.tests.factories import (
    a_paid_invoice,
    a_payment,
    an_account,
    an_invoice,
)
from alicerce.apps.billing.types.corrections import BillingRules, Credited
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.notify.models import Message
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.business_days import business_day_from
from alicerce.kernel.clock import now
from alicerce.kernel.crypto import reveal
from alicerce.kernel.money import Money
from alicerce.surfaces.tests.conftest import approve, browser

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
TYPED = {
    "amount": "49,90",
    "method": "transfer",
    "received_on": "2026-09-01",
    "reference": "TED 123",
    "proof": "extrato",
    "reason": "pagou no balcão",
}


@pytest.fixture
def invoice(renata):
    customers.make_findable(customer_id=renata.id, texts=[renata.name], origin="profile")
    return an_invoice(customer_id=renata.id, due_on=date(2026, 9, 10))


def give(customer, cents):
    adjust_wallet(customer_id=customer.id, amount=Money(cents), reason="cortesia", at=NOON)


def hired(site, role):
    person = a_person(f"{role}@padaria.example", name=role.title())
    a_member(site, person, role)
    return browser(person)


def url(thing, *rest, place="faturas"):
    return "/".join(["/app", place, str(thing.id), *rest]) + "/"


class TestList:
    def test_shows_invoices_with_their_customers(self, colleague, invoice):
        shown = colleague.get("/app/faturas/").text

        assert "Fatura nº A1" in shown
        assert "Renata Souza" in shown

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?estado=abertas", True),
            ("?estado=vencidas", True),
            ("?estado=pagas", False),
            ("?estado=perdidas", False),
            ("?q=A1", True),
            ("?q=a2", False),
            ("?q=Renata", True),
            ("?q=Ninguem", False),
            ("?de=2026-09-10&ate=2026-09-10", True),
            ("?de=2026-09-11", False),
            ("?de=ontem&antes=x", True),
        ],
    )
    def test_is_narrowed(self, colleague, invoice, query, found):
        assert ("Fatura nº A1" in colleague.get(f"/app/faturas/{query}").text) is found

    def test_is_for_who_may_read_it(self, site, invoice):
        assert hired(site, "sales").get("/app/faturas/").status_code == 403


class TestOne:
    def test_offers_what_fits_its_state(self, colleague, invoice):
        shown = colleague.get(url(invoice)).text

        for words in ("Registrar pagamento", "Nota de crédito", "Dar por perdida", "Cancelar"):
            assert words in shown

    def test_offers_nothing_to_who_only_reads(self, site, invoice):
        shown = hired(site, "read_only").get(url(invoice)).text

        assert "Fatura nº A1" in shown
        assert "Registrar pagamento" not in shown
        assert "Nota de crédito" not in shown

    def test_of_somebody_else_is_not_there(self, colleague, other_tenant):
        with other_tenant:
            theirs = an_invoice()

        for rest in ((), ("recebimento",), ("credito",), ("cancelar",)):
            assert colleague.get(url(theirs, *rest)).status_code == 404


class TestRecordPayment:
    def test_is_typed_proven_seen_and_done(self, colleague, invoice):
        answer = colleague.post(url(invoice, "recebimento"), TYPED)
        assert billing.invoice(invoice.id).status == "open"

        approve(colleague, answer, shows=("TED 123", "R$\xa049,90", "pagou no balcão"))

        assert billing.invoice(invoice.id).status == "paid"
        payment = Payment.objects.get()
        assert (payment.provider, payment.method) == ("manual", "transfer")
        done = Entry.objects.get(action="invoice_payment_record.approved")
        assert done.after["amount_cents"] == 4990

    @pytest.mark.parametrize(
        "wrong",
        [
            {"amount": "49,91"},
            {"amount": "0"},
            {"amount": "-1"},
            {"reference": ""},
            {"reason": ""},
            {"received_on": "2099-01-01"},
            {"method": "balance"},
        ],
    )
    def test_is_typed_well(self, colleague, invoice, wrong):
        answer = colleague.post(url(invoice, "recebimento"), {**TYPED, **wrong})

        assert answer.status_code == 422

    def test_says_when_its_reference_was_used(self, colleague, invoice, renata):
        other = an_invoice(customer_id=renata.id)
        approve(colleague, colleague.post(url(invoice, "recebimento"), TYPED))

        back = approve(colleague, colleague.post(url(other, "recebimento"), TYPED))

        assert "Já há um pagamento com esta referência" in colleague.get(back.url).text
        assert billing.invoice(other.id).status == "open"

    def test_is_not_done_without_proof(self, colleague, invoice):
        colleague.post(url(invoice, "recebimento"), TYPED)

        assert colleague.post(url(invoice, "recebimento", "confirmar")).status_code == 403
        assert billing.invoice(invoice.id).status == "open"

    def test_is_not_for_who_only_reads(self, site, invoice):
        answer = hired(site, "read_only").post(url(invoice, "recebimento"), TYPED)

        assert answer.status_code == 403


class TestCorrect:
    def test_by_a_credit_note(self, colleague, invoice):
        typed = {"part": "1", "amount": "9,90", "reason": "fora do ar"}

        approve(
            colleague, colleague.post(url(invoice, "credito"), typed), shows=("R$\xa09,90",)
        )

        assert CreditNote.objects.get().total_cents == 990
        shown = colleague.get(url(invoice)).text
        assert "NC1" in shown
        assert "R$\xa040,00" in shown

    def test_by_giving_it_up(self, colleague, invoice):
        answer = colleague.post(url(invoice, "perda"), {"reason": "sumiu"})
        approve(colleague, answer, shows=("R$\xa049,90",))

        assert billing.invoice(invoice.id).status == "uncollectible"
        assert "Perdida" in colleague.get("/app/faturas/?estado=perdidas").text

    def test_by_taking_it_back(self, colleague, invoice):
        approve(colleague, colleague.post(url(invoice, "cancelar"), {"reason": "engano"}))

        assert billing.invoice(invoice.id).status == "void"
        assert colleague.get(url(invoice, "cancelar")).status_code == 404

    def test_by_a_refund(self, colleague, renata):
        invoice, at = an_invoice(customer_id=renata.id), now()
        paid = a_payment(invoice.id, paid_at=at)
        book_payment(account_id=an_account().id, paid=paid, at=at)
        payment = Payment.objects.get()
        there = url(payment, "devolver", place="pagamentos")

        answer = colleague.post(there, {"amount": "20", "reason": "desistiu"})
        approve(colleague, answer, shows=("R$\xa020,00", "R$\xa029,90"))

        assert Refund.objects.get().amount == Money(2000)
        assert "A caminho" in colleague.get(url(invoice)).text

    def test_not_by_more_than_came(self, colleague, renata):
        a_paid_invoice(account=an_account(), customer_id=renata.id)
        there = url(Payment.objects.get(), "devolver", place="pagamentos")

        answer = colleague.post(there, {"amount": "49,91", "reason": "desistiu"})

        assert answer.status_code == 422

    def test_what_was_approved_is_what_is_done(self, colleague, invoice):
        """The amount changed between the look and the deed: the approval is of no use."""
        typed = {"part": "", "amount": "40", "reason": "x"}
        answer = colleague.post(url(invoice, "credito"), typed)
        credit_invoice(invoice_id=invoice.id, wanted=[Credited(2000)], reason="y", at=NOON)

        assert colleague.get(answer.url).status_code == 404


class TestBalance:
    def test_is_given_with_a_reason(self, colleague, renata):
        there = url(renata, "saldo", place="clientes")
        typed = {"direction": "give", "amount": "10", "reason": "cortesia"}

        approve(colleague, colleague.post(there, typed), shows=("R$\xa010,00",))

        assert billing.wallet_balance(renata.id) == (Money(1000),)

    def test_is_not_taken_below_zero(self, colleague, renata):
        there = url(renata, "saldo", place="clientes")
        typed = {"direction": "take", "amount": "10", "reason": "engano"}

        assert colleague.post(there, typed).status_code == 422

    def test_pays_an_invoice_when_a_person_says_so(self, colleague, invoice, renata):
        give(renata, 1000)
        assert "Pagar com saldo (R$\xa010,00)" in colleague.get(url(invoice)).text

        colleague.post(url(invoice, "saldo"))

        assert billing.remaining_of(invoice.id) == Money(3990)

    def test_shows_in_the_statement_and_its_file(self, colleague, invoice, renata):
        give(renata, 1000)

        shown = colleague.get(url(renata, "extrato", place="clientes")).text
        file = colleague.get(f"/app/clientes/{renata.id}/extrato.csv")

        assert "Fatura emitida" in shown
        assert "R$\xa039,90" in shown
        assert '"49,90"' in file.content.decode()
        assert file.headers["Content-Type"].startswith("text/csv")

    def test_of_nobody_is_not_there(self, colleague, other_tenant):
        with other_tenant:
            theirs = a_customer()

        assert colleague.get(url(theirs, "saldo", place="clientes")).status_code == 404
        assert colleague.get(f"/app/clientes/{theirs.id}/extrato.csv").status_code == 404


class TestBooks:
    def test_sum_to_zero_where_everybody_sees_it(self, colleague, invoice):
        shown = colleague.get("/app/financeiro/balancete/").text

        assert "A receber de clientes" in shown
        assert "Soma de tudo em BRL" in shown
        assert "dizem o mesmo" in shown
        assert "receivable" in colleague.get("/app/financeiro/balancete.csv").text

    def test_the_rules_are_changed_within_the_law(self, colleague):
        typed = {"fine": "2", "interest": "1,00", "grace_days": "3"}
        assert colleague.post("/app/financeiro/regras/", typed).status_code == 302
        assert (
            colleague.post("/app/financeiro/regras/", {**typed, "fine": "2,01"}).status_code
            == 422
        )

        found = Ruling.objects.get()
        assert (found.fine_basis_points, found.interest_basis_points) == (200, 100)
        assert not found.uses_wallet

    def test_another_issuer_bills_who_is_given_to_it(self, colleague, invoice):
        new = "/app/financeiro/emissores/novo/"
        typed = {
            "legal_name": "Nuvem Sul Hospedagem Ltda",
            "document": "11.222.333/0001-81",
            "city": "Curitiba",
            "series": "sul",
            "first_number": "501",
        }
        assert colleague.post(new, {**typed, "document": "1"}).status_code == 422
        assert colleague.post(new, typed).status_code == 302
        assert colleague.post(new, typed).status_code == 422, "a series is one issuer's"
        south = Issuer.objects.get()
        of_customer = f"/app/clientes/{invoice.customer_id}/"
        assert "O padrão da empresa" in colleague.get(f"{of_customer}faturas/").text
        colleague.post(f"{of_customer}emissor/", {"issuer": str(south.id)})
        made = an_invoice(customer_id=invoice.customer_id)

        shown = colleague.get(f"/fatura/{made.token}/").text
        assert "SUL501" in shown
        assert "Nuvem Sul Hospedagem Ltda · 11.222.333/0001-81" in shown
        announce_invoice(invoice_id=made.id, at=NOON)
        letter = Message.objects.filter(key=f"invoice-issued:{made.id}").get()
        assert "Nuvem Sul Hospedagem Ltda" in reveal(letter, "values")
        listed = colleague.get("/app/financeiro/emissores/").text
        assert "SUL502" in listed
        colleague.post(f"/app/financeiro/emissores/{south.id}/padrao/")
        colleague.post(f"/app/financeiro/emissores/{south.id}/aposentar/")
        south.refresh_from_db()
        assert (south.is_default, south.retired_at) == (True, None)

    def test_what_early_saves_and_how_long_the_pix_lives_are_kept(self, colleague):
        typed = {"grace_days": "0", "early": "5", "early_days": "3", "pix_valid_days": "0"}
        assert colleague.post("/app/financeiro/regras/", typed).status_code == 302

        found = Ruling.objects.get()
        assert (found.early_basis_points, found.early_days) == (500, 3)
        assert found.pix_valid_days == 0


class TestClient:
    def test_sees_the_balance_and_pays_with_it(self, renata_browser, renata):
        invoice = an_invoice(customer_id=renata.id)
        give(renata, 1000)
        here = f"/area-do-cliente/faturas/{invoice.id}/"
        assert "Pagar R$\xa010,00 com o saldo" in renata_browser.get(here).text

        renata_browser.post(f"{here}saldo/")

        assert billing.remaining_of(invoice.id) == Money(3990)
        assert "R$\xa039,90" in renata_browser.get(here).text

    def test_reads_what_the_code_asks_for_on_which_day(self, renata_browser, renata):
        an_account()
        change_rules(wanted=BillingRules(True, 200, 100, 0, 500, 5), at=now())
        due_on = business_day_from(now().date() + timedelta(days=20))
        invoice = an_invoice(Money(10000), customer_id=renata.id, due_on=due_on)
        here = f"/area-do-cliente/faturas/{invoice.id}/"
        assert "sem multa; depois, multa de 2% e juros de 1% ao mês" in (
            renata_browser.get(here).text
        )

        renata_browser.post(f"{here}pagamento/", {"method": "pix"})
        charge = Charge.objects.get()
        charge.await_payment(
            external_id="tx", expires_at=charge.expires_at, pix_code="000201", redirect_url=""
        )

        shown = renata_browser.get(f"{here}?forma=pix").text
        assert "por R$\xa095,00: o desconto é de R$\xa05,00" in shown
        assert "sem multa; depois, multa de R$\xa02,00 e juros de 1% ao mês" in shown
        assert "Este Pix vale até" in shown
        assert "Este Pix vale por" not in shown

    def test_adds_funds(self, renata_browser, renata):
        give(renata, 500)
        assert "Seu saldo" in renata_browser.get("/area-do-cliente/saldo/").text

        answer = renata_browser.post("/area-do-cliente/saldo/", {"amount": "100"})

        assert Invoice.objects.get().kind == "funds"
        assert answer.url == f"/area-do-cliente/faturas/{Invoice.objects.get().id}/"
        assert (
            renata_browser.post("/area-do-cliente/saldo/", {"amount": "0"}).status_code == 422
        )

    def test_touches_nothing_of_others(self, bruno_browser, renata):
        invoice = an_invoice(customer_id=renata.id)
        give(renata, 1000)

        assert (
            bruno_browser.post(f"/area-do-cliente/faturas/{invoice.id}/saldo/").status_code
            == 404
        )
        assert (
            bruno_browser.get(f"/area-do-cliente/saldo/?cliente={renata.id}").status_code == 404
        )
        assert billing.remaining_of(invoice.id) == Money(4990)

    def test_who_holds_the_link_spends_no_balance(self, stranger, renata):
        invoice = an_invoice(customer_id=renata.id)
        give(renata, 1000)

        shown = stranger.get(f"/fatura/{invoice.token}/").text

        assert "saldo" not in shown.lower()
