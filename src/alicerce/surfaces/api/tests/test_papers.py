"""The PDF of an invoice by API: the file itself, for keys that read money, and whole or refused."""

from uuid import uuid4

from alicerce.apps.billing.models import Paper
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.kernel import press
from alicerce.surfaces.api.tests.conftest import told


def test_is_the_file_or_a_refusal_that_changes_nothing(api, knock, monkeypatch):
    invoice = an_invoice()
    path = f"/invoices/{invoice.id}/pdf"

    answer = api.get(path, Accept="application/pdf")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert f'filename="{invoice.code}.pdf"' in answer.headers["Content-Disposition"]
    assert knock("catalog:read").get(path).status_code == 403
    assert api.get(f"/invoices/{uuid4()}/pdf").status_code == 404
    assert api.get("/invoices", Accept="application/pdf").status_code == 406
    Paper.objects.all().delete()
    monkeypatch.setattr(press, "CHILD", "/nowhere")
    assert told(api.get(path)) == (503, "paper_unavailable")


def test_of_reports_are_as_on_the_page(api):
    answer = api.get("/reports/aging?currency=BRL").json()

    assert [one["code"] for one in answer["figures"]] == ["owed", "overdue", "overdue_share"]
    assert answer["figures"][2] == {
        "code": "overdue_share",
        "value": None,
        "before": None,
        "unit": "basis_points",
    }
    assert api.get("/reports/nada").status_code == 422
