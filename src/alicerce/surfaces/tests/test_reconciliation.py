"""The reconciliation on pages and in the API: seen by who may read, handled by who may manage."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localtime

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Attribution, Payment
from alicerce.apps.billing.tests.factories import an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.reconciliation.models import (
    BankAccount,
    BankLine,
    Difference,
    Movement,
    Payout,
    Run,
)
from alicerce.apps.reconciliation.ports import statements
from alicerce.apps.reconciliation.services.upload_statement import (
    add_bank_account,
    read_statement,
    upload_statement,
)
from alicerce.apps.reconciliation.tests.doubles import MemoryStatement
from alicerce.apps.reconciliation.tests.factories import a_card_payment, compared
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser

CSV = "Data;Valor;Histórico\n{day};333,00;TED\nx;1;?\n"


@pytest.fixture
def said():
    """A payment that only the provider knows of, and an account that was compared."""
    statement = MemoryStatement()
    statement.receive(a_card_payment(), fee=238, at=now() - timedelta(hours=1))
    with patch.dict(statements, {GatewayKind.STRIPE: lambda config: statement}):
        account = an_account(GatewayKind.STRIPE, at=now() - timedelta(days=1))
        compared(account, at=now())
        yield account


def somebody(site, email, role):
    person = a_person(email)
    a_member(site, person, role)
    return browser(person)


def at(name, *args):
    return reverse(f"workspace:{name}", args=args)


def test_a_difference_is_seen_taken_explained_and_booked(site, said):
    finance = somebody(site, "fabio@padaria.example", "finance")
    (row,) = Difference.objects.all()
    overview = finance.get(at("reconciliation")).content.decode()
    assert "R$ 49,90" in overview.replace("\xa0", " ")
    assert "sem dados" in overview
    assert row.reference in finance.get(at("differences")).content.decode()
    page = at("difference", row.id)
    assert "Registrar o que o provedor diz" in finance.get(page).content.decode()

    finance.post(at("difference_owner", row.id))
    finance.post(at("difference_note", row.id), {"text": "vi no painel"})
    finance.post(at("difference_explain", row.id), {"reason": "a caminho"})
    row.refresh_from_db()
    assert (row.state, row.owner_id is None) == ("explained", False)
    assert "vi no painel" in finance.get(page).content.decode()

    finance.post(at("difference_book", row.id))
    run_jobs(raise_failures=False)
    row.refresh_from_db()
    assert row.state == "resolved"
    assert Payment.objects.filter(reference=row.reference).exists()


def test_a_banks_sum_is_seen_confirmed_and_shown_part_by_part(site):
    statement = MemoryStatement()
    for cents in (1000, 2990, 4990):
        paid = a_card_payment(provider="pix", amount=Money(cents))
        statement.receive(paid, at=now() - timedelta(minutes=1))
    with patch.dict(statements, {GatewayKind.PIX: lambda config: statement}):
        compared(an_account(GatewayKind.PIX, at=now() - timedelta(days=1)), at=now())
    finance = somebody(site, "fabio@padaria.example", "finance")
    reader = somebody(site, "lia@padaria.example", "read_only")
    finance.post(at("bank_account_new"), {"name": "Itaú", "currency": "BRL"})
    csv = f"Data;Valor;Histórico\n{localtime(now()):%d/%m/%Y};89,80;PIX DO DIA\n".encode()
    columns = {"posted_on": 0, "amount": 1, "memo": 2}
    bank_id, owner = BankAccount.objects.get().id, a_person("ze@padaria.example").pk
    sent = upload_statement(
        bank_account_id=bank_id, raw=csv, filename="x.csv", user_id=owner, at=now()
    )
    read_statement(statement_id=sent, columns=columns, at=now())
    line = BankLine.objects.get()
    page, doing = at("bank_line", line.id), at("bank_line_sum", line.id)
    assert "3 movimentos" in finance.get(page).text
    ids = ",".join(str(one) for one in Movement.objects.values_list("id", flat=True))
    assert reader.post(doing, {"subjects": ids}).status_code == 403
    assert "É a soma destas" not in reader.get(page).text
    assert finance.post(doing, {"subjects": "x"}).status_code == 404

    finance.post(doing, {"subjects": ids})

    assert "3 partes" in finance.get(page).text
    finance.post(at("bank_line_undo", line.id))
    assert "3 movimentos" in finance.get(page).text


def test_a_payout_short_by_a_real_is_on_the_page_and_the_rest_becomes_the_bank_s(site):
    finance = somebody(site, "fabio@padaria.example", "finance")
    reader = somebody(site, "lia@padaria.example", "read_only")
    gateway = an_account(GatewayKind.STRIPE, at=now() - timedelta(days=1))
    statement = MemoryStatement()
    paid = replace(a_card_payment(), invoice_id=None)  # straight at the provider: nobody's
    billing.book_payment(account_id=gateway.id, paid=paid, at=now())
    statement.receive(paid, at=now() - timedelta(minutes=1))
    statement.pay_out(at=now())
    statement.arrive()
    with patch.dict(statements, {GatewayKind.STRIPE: lambda config: statement}):
        compared(gateway, at=now())
    bank_id = add_bank_account(name="Itaú", bank="", number="", currency="BRL", at=now())
    csv = f"Data;Valor;Histórico\n{localtime(now()):%d/%m/%Y};48,90;STRIPE po_1\n".encode()
    owner = a_person("ze@padaria.example").pk
    sent = upload_statement(
        bank_account_id=bank_id, raw=csv, filename="x.csv", user_id=owner, at=now()
    )
    columns = {"posted_on": 0, "amount": 1, "memo": 2}
    read_statement(statement_id=sent, columns=columns, at=now())
    run_jobs(raise_failures=False)

    listed = finance.get(at("differences")).text
    assert "Repasse chegou com outro valor" in listed
    assert "Pagamento sem fatura nem cliente" in listed
    row = Difference.objects.get(kind="payout_bank_amount")
    line, payout = BankLine.objects.get(), Payout.objects.get()
    for page in (at("difference", row.id), at("bank_line", line.id), at("payout", payout.id)):
        assert "falta R$\xa01,00" in finance.get(page).text
        assert "Ligar e lançar o resto" not in reader.get(page).text
    doing, said = at("bank_line_rest", line.id), {"payout": str(payout.id), "gap": "100"}
    assert reader.post(doing, said).status_code == 403
    assert finance.post(doing, said | {"gap": "um"}).status_code == 404
    finance.post(doing, said)
    run_jobs(raise_failures=False)

    row.refresh_from_db()
    assert row.state == "resolved"
    assert "Lançado como tarifa do banco" in finance.get(at("bank_line", line.id)).text


def test_a_line_of_a_customer_s_money_is_given_to_their_invoice_and_another_to_a_wallet(site):
    finance = somebody(site, "fabio@padaria.example", "finance")
    reader = somebody(site, "lia@padaria.example", "read_only")
    invoice = an_invoice(Money(3000))
    bank_id = add_bank_account(name="Itaú", bank="", number="", currency="BRL", at=now())
    csv = f"Data;Valor;Histórico\n{localtime(now()):%d/%m/%Y};49,90;TED\n".encode()
    owner = a_person("ze@padaria.example").pk
    sent = upload_statement(
        bank_account_id=bank_id, raw=csv, filename="x.csv", user_id=owner, at=now()
    )
    read_statement(
        statement_id=sent, columns={"posted_on": 0, "amount": 1, "memo": 2}, at=now()
    )
    line = BankLine.objects.get()
    assert "É de um cliente" not in reader.get(at("bank_line", line.id)).text
    assert reader.post(at("bank_line_nobody", line.id)).status_code == 403

    for _ in range(2):  # the second press changes nothing
        asked = finance.post(at("bank_line_nobody", line.id))
    payment = Payment.objects.get()
    run_jobs(raise_failures=False)
    (row,) = Difference.objects.standing()
    assert (row.kind, row.here_cents, row.there_cents) == ("payment_unclaimed", 0, 4990)
    assert "Dar a um cliente" in finance.get(at("difference", row.id)).text
    assert payment.reference in reader.get(at("suspense")).text
    giving = at("payment_give", payment.id)
    assert reader.get(giving).status_code == 403
    said = {"invoice": invoice.code, "reason": "mandou o comprovante"}
    assert finance.post(giving, said | {"customer": "x"}).status_code == 422
    assert finance.post(giving, said | {"invoice": "A999"}).status_code == 422

    approve(finance, finance.post(giving, said), shows=("Vira saldo", "R$\xa019,90"))
    run_jobs(raise_failures=False)

    invoice.refresh_from_db()
    row.refresh_from_db()
    assert (invoice.status, row.state) == ("paid", "resolved")
    assert "Uma fatura" in finance.get(at("suspense")).text
    given = Attribution.objects.get()
    undo = finance.post(at("attribution_undo", given.id), {"reason": "era de outro"})
    assert "já usou este dinheiro" in finance.get(approve(finance, undo).url).text
    assert asked.url == at("bank_line", line.id)


def test_who_only_reads_sees_and_changes_nothing(site, said):
    reader = somebody(site, "lia@padaria.example", "read_only")
    (row,) = Difference.objects.all()

    assert "Comparar agora" not in reader.get(at("reconciliation")).content.decode()
    assert "Explicar" not in reader.get(at("difference", row.id)).content.decode()
    for name in ("difference_owner", "difference_explain", "difference_book"):
        assert reader.post(at(name, row.id)).status_code == 403
    assert reader.post(at("reconciliation_run", said.id)).status_code == 403
    assert somebody(site, "saul@padaria.example", "sales").get(at("payouts")).status_code == 403


def test_one_asks_for_a_comparison_and_it_is_made(site, said):
    finance = somebody(site, "fabio@padaria.example", "finance")

    finance.post(at("reconciliation_run", said.id))
    run_jobs(raise_failures=False)

    assert set(Run.objects.values_list("status", flat=True)) == {"done"}


def test_a_statement_is_looked_at_before_it_is_read_and_its_line_says_what_it_may_be(site):
    finance = somebody(site, "fabio@padaria.example", "finance")
    finance.post(at("bank_account_new"), {"name": "Itaú", "currency": "BRL"})
    sheet = CSV.format(day=f"{now():%d/%m/%Y}").encode()
    bank = finance.get(at("bank_statement_new")).content.decode()
    account_id = bank.split('<option value="')[1].split('"')[0]
    sent = finance.post(
        at("bank_statement_new"),
        {"bank_account": account_id, "file": SimpleUploadedFile("e.csv", sheet)},
    )
    looked = finance.get(sent.url).content.decode()
    assert "Como seriam lidas" in looked
    assert BankLine.objects.count() == 0

    finance.post(sent.url, {"posted_on": "0", "amount": "1", "memo": "2"})

    assert "não dá para ler" in finance.get(sent.url).content.decode()
    (line,) = BankLine.objects.all()
    assert line.code in finance.get(at("bank_line", line.id)).content.decode()
    assert "TED" in finance.get(at("bank")).content.decode()
