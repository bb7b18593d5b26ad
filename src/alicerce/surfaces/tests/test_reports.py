"""Reports and papers by their addresses: for whoever may see the same elsewhere, in every form."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.billing.models import Payment
from alicerce.apps.billing.queries import figures
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.tests.factories import NOON, a_paid_invoice, an_account, an_invoice
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.catalog.tests.factories import a_plan, a_price
from alicerce.apps.reports.types import Behind, ReportName, Source
from alicerce.apps.reports.web import components
from alicerce.kernel import press
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money


class TestPapers:
    def test_are_for_whoever_sees_the_page(
        self, colleague, renata_browser, bruno_browser, renata
    ):
        stranger = Client()
        paid = a_paid_invoice(account=an_account(), customer_id=renata.id, paid_at=now())
        note_id = credit_invoice(
            invoice_id=paid.id, wanted=[Credited(100)], reason="fora do ar", at=NOON
        )
        theirs = [
            reverse("client:invoice_pdf", args=[paid.id]),
            reverse("client:invoice_receipt", args=[paid.id]),
            reverse("client:credit_note_pdf", args=[note_id]),
        ]
        ours = [
            reverse("workspace:invoice_pdf", args=[paid.id]),
            reverse("workspace:invoice_receipt", args=[paid.id]),
            reverse("workspace:credit_note_pdf", args=[note_id]),
            reverse("workspace:customer_statement_pdf", args=[renata.id]),
        ]
        linked = reverse("site:invoice_pdf", args=[paid.token])

        answers = [renata_browser.get(url) for url in theirs]
        answers += [colleague.get(url) for url in ours] + [stranger.get(linked)]

        assert {answer.headers["Content-Type"] for answer in answers} == {"application/pdf"}
        assert all(answer.content.startswith(b"%PDF-") for answer in answers)
        assert {bruno_browser.get(url).status_code for url in theirs} == {404}
        assert stranger.get(reverse("site:invoice_pdf", args=["nada"])).status_code == 404
        assert theirs[0] in renata_browser.get(f"/area-do-cliente/faturas/{paid.id}/").text
        assert linked in stranger.get(f"/fatura/{paid.token}/").text

    def test_that_cannot_be_made_lead_back_and_change_nothing(
        self, renata_browser, bruno_browser, renata, monkeypatch
    ):
        paid = a_paid_invoice(account=an_account(), customer_id=renata.id)
        open_one = an_invoice(customer_id=renata.id)
        monkeypatch.setattr(press, "CHILD", "/nowhere")

        answer = renata_browser.get(reverse("client:invoice_pdf", args=[paid.id]))

        back = reverse("client:invoice", args=[paid.id])
        assert (answer.status_code, answer.headers["Location"]) == (302, back)
        assert "O PDF não ficou pronto" in renata_browser.get(back).text
        assert Payment.objects.count() == 1
        receipt = reverse("client:invoice_receipt", args=[open_one.id])
        assert bruno_browser.get(receipt).status_code == 404
        assert renata_browser.get(receipt).status_code == 302


class TestReports:
    @pytest.mark.parametrize("name", list(ReportName))
    def test_are_pages_and_files(self, colleague, renata, name):
        an_invoice(Money(1_234), customer_id=renata.id, due_on=date(2026, 9, 1))

        page = colleague.get(f"/app/relatorios/{name}/?mes=2026-09&por=3")
        sheet = colleague.get(f"/app/relatorios/{name}.csv?por=3")
        paper = colleague.get(f"/app/relatorios/{name}.pdf")

        assert page.status_code == sheet.status_code == 200
        assert sheet.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert sheet.getvalue().startswith("\ufeff".encode())
        assert paper.content.startswith(b"%PDF-")

    def test_open_the_rows_behind_a_figure(self, colleague, renata):
        an_invoice(Money(1_234), customer_id=renata.id, due_on=date(2026, 9, 1))
        page = colleague.get("/app/relatorios/aging/").text
        behind = Behind(Source.OWED, date(2026, 11, 30), date(2026, 11, 30))
        rows = f"/app/relatorios/aging/linhas/?o={behind}"

        assert "/app/relatorios/aging/linhas/?o=owed~" in page
        shown = colleague.get(rows).text
        assert "Renata Souza" in shown
        assert "12,34" in shown
        file = colleague.get(rows.replace("linhas/", "linhas.csv")).getvalue().decode()
        assert "Renata Souza" in file
        assert colleague.get("/app/relatorios/aging/linhas/?o=nada").status_code == 404
        assert colleague.get("/app/relatorios/nada/").status_code == 404

    def test_show_some_rows_and_the_file_has_all(self, colleague, renata, monkeypatch):
        monkeypatch.setattr(components, "SHOWN", 2)
        monkeypatch.setattr(figures, "SOME", 2)
        for _ in range(5):
            an_invoice(Money(1_000), customer_id=renata.id, due_on=date(2026, 9, 1))
        address = (
            f"/app/relatorios/aging/linhas/?o={Behind(Source.OWED, *[date(2026, 11, 30)] * 2)}"
        )

        page = colleague.get(address).text
        file = colleague.get(address.replace("linhas/", "linhas.csv")).getvalue().decode()

        assert "5 linhas" in page
        assert "50,00" in page
        assert page.count("Renata Souza") == 2
        assert "O arquivo CSV traz todas" in page
        assert file.count("Renata Souza") == 5

    def test_are_of_one_currency_that_whoever_sells_in_two_chooses(self, colleague):
        a_price(plan=(plan := a_plan()))
        one = colleague.get("/app/relatorios/mrr/?moeda=USD").text
        a_price(plan=plan, currency="USD")
        two = colleague.get("/app/relatorios/mrr/?moeda=USD").text

        assert 'name="moeda"' not in one
        assert "US$" not in one
        assert 'name="moeda"' in two
        assert "US$" in two
