"""What strangers write runs on no page, wherever it came in: forms, files, orders, tickets."""

from datetime import date

import pytest
from django.db import Error, transaction
from django.urls import reverse

from alicerce.apps.billing.services.open_invoice import open_invoice
from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.services.import_customers import start_import, upload_import
from alicerce.apps.customers.services.keep_details import add_contact, add_note, add_tier
from alicerce.apps.customers.tests.factories import a_customer_user, a_person
from alicerce.apps.customers.types import ContactForm, ContactRole
from alicerce.apps.hosting.tests.factories import NOON, a_service
from alicerce.apps.identity.models import User
from alicerce.apps.support.tests.factories import a_ticket
from alicerce.apps.tenancy.models import Tenant
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import browser

TAG = "<img src=x onerror=alert(1)>"
OUT = "\"'>" + TAG + "</script>{{7*7}}{% debug %}"
EMAIL = "mal@x.example"


@pytest.fixture
def stranger_wrote(site):
    """A customer from a file, with everything that people write about one."""
    Tenant.objects.filter(pk=site.id).update(name=f"Padaria {OUT}", city=OUT)
    owner = a_person("dona@padaria.example", name=OUT)
    a_member(site, owner, "owner")
    add_tier(name=TAG, at=NOON)
    quoted = OUT.replace('"', '""')
    raw = f'Nome;Email;Etiquetas;Fantasia\n"{quoted}";{EMAIL};{TAG};"{quoted}"'.encode()
    import_id = upload_import(raw=raw, filename=f"{OUT}.csv", user_id=owner.id, at=NOON)
    columns = {"name": 0, "email": 1, "tags": 2, "trade_name": 3}
    start_import(import_id=import_id, columns=columns, at=NOON)
    run_jobs()
    customer = Customer.objects.get(email=EMAIL)
    a_customer_user(customer, a_person(EMAIL, name=OUT))
    add_note(customer_id=customer.id, body=OUT, at=NOON)
    add_contact(
        customer_id=customer.id,
        form=ContactForm(OUT, ContactRole.BILLING, email=EMAIL),
        at=NOON,
    )
    a_ticket(subject=OUT, body=OUT, customer_id=customer.id)
    a_service(customer=customer, plan_name=OUT)
    plan = a_price().plan
    plan.name = OUT
    plan.save()
    lines = [NewLine(OUT, 1, Money(4990))]
    invoice_id = open_invoice(
        customer_id=customer.id, lines=lines, due_on=date(2026, 9, 1), at=NOON
    )
    return {"customer": customer.id, "import": import_id, "invoice": invoice_id, "owner": owner}


def shown(browser, urls):
    return {url: browser.get(url).content.decode() for url in urls}


def assert_inert(pages):
    """Said on one page at least, and run on none."""
    assert [url for url, page in pages.items() if "<img src=x" in page] == []
    assert [url for url, page in pages.items() if "script&gt;49" in page] == []
    assert any("&lt;img src=x onerror" in page for page in pages.values())


class TestWords:
    def test_run_on_no_page_of_the_workspace(self, stranger_wrote):
        customer = stranger_wrote["customer"]
        urls = [
            *(reverse(f"workspace:{n}") for n in ("home", "customers", "customers_import_new")),
            reverse("workspace:customer", args=[customer]),
            reverse("workspace:customers_import", args=[stranger_wrote["import"]]),
            reverse("workspace:search") + "?q=img",
            reverse("workspace:search") + "?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
        ]

        assert_inert(shown(browser(stranger_wrote["owner"]), urls))

    def test_run_on_no_page_of_the_panel(self, stranger_wrote, operator):
        urls = [reverse(f"console:{n}") for n in ("dashboard", "tickets", "audit")]

        assert_inert(shown(operator, [*urls, reverse("console:search") + "?q=alert"]))

    def test_run_on_no_page_of_the_client_area(self, stranger_wrote):
        client = browser(User.objects.get(email=EMAIL))
        urls = [
            reverse("client:home"),
            reverse("client:people"),
            reverse("client:invoice", args=[stranger_wrote["invoice"]]),
        ]

        assert_inert(shown(client, urls))

    def test_run_on_no_page_of_the_site(self, stranger_wrote, stranger):
        assert_inert(shown(stranger, ["/", "/entrar/"]))

    def test_would_be_stopped_by_the_browser_too(self, stranger_wrote, stranger):
        policy = stranger.get("/").headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    "color", ["red;}*{", "url(//", "#12345", "#12345G", "</styl", "#123456;x"]
)
def test_a_brand_is_a_color_and_nothing_else(site, color):
    with pytest.raises(Error), transaction.atomic():
        Tenant.objects.filter(pk=site.id).update(brand_color=color)
