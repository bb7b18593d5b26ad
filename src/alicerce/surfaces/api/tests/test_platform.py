"""What a company pays the platform is read by who answers for its account, and by nobody else."""

from uuid import uuid4

import pytest

from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.types import Maker, NewKey
from alicerce.apps.payers.tests.factories import (
    FIRST,
    a_company,
    a_platform,
    a_sale,
    an_account,
    ana,
)
from alicerce.apps.subscriptions.services.billing_run import begin_run, take_run_step
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel import clock
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of, transaction
from alicerce.surfaces.api.tests.conftest import Api

pytestmark = pytest.mark.django_db
SCOPES = frozenset({"platform_bill:read"})


@pytest.fixture
def root(monkeypatch):
    monkeypatch.setattr(clock, "wall", lambda: FIRST)
    root = a_platform()
    with acting(tenant_id=root.id), showing_rows_of(root.id):
        yield root


def a_key_of(person, company):
    with acting(tenant_id=company.id), transaction():
        key = make_key(new=NewKey("Contas", SCOPES), maker=Maker(person.id, SCOPES), at=FIRST)
    return Api(key.secret)


def ids(api, what):
    return [one["id"] for one in api.get(f"/platform/{what}").json()["data"]]


def test_each_account_reads_its_own_invoices_only(root):
    owners = ana(), a_person("bruno@oficina.example", name="Bruno")
    companies = []
    for slug, cents, owner in zip(("padaria", "oficina"), (9900, 7900), owners, strict=True):
        company = a_company(slug, an_account(owner, name=f"Contas de {owner.name}"), owner)
        a_sale(company, ProductKey.CRM, cents)
        companies.append(company)
    run = begin_run(on=FIRST.date(), at=FIRST)
    take_run_step(run_id=run, on=FIRST.date(), at=FIRST)
    mine, theirs = (a_key_of(*pair) for pair in zip(owners, companies, strict=True))

    (own,), (other,) = ids(mine, "invoices"), ids(theirs, "invoices")
    read = mine.get(f"/platform/invoices/{own}")
    foreign, absent = (mine.get(f"/platform/invoices/{one}") for one in (other, str(uuid4())))

    assert own != other
    assert read.json()["lines"][0]["total_cents"] == 9900
    assert (foreign.status_code, foreign.json()["code"]) == (404, absent.json()["code"])
    assert "oficina" not in mine.get("/platform/invoices").text.lower()
    assert ids(mine, "payments") == []


def test_a_colleague_reads_products_and_no_invoices(root):
    owner, colleague = ana(), a_person("clara@padaria.example", name="Clara")
    company = a_company("padaria", an_account(owner), owner)
    a_sale(company, ProductKey.CRM, 9900)
    with acting(tenant_id=company.id), showing_rows_of(company.id):
        a_member(company, colleague, "admin")
    api = a_key_of(colleague, company)

    assert api.get("/platform/products").status_code == 200
    for what in ("invoices", "payments", f"invoices/{uuid4()}"):
        refused = api.get(f"/platform/{what}")
        assert (refused.status_code, refused.json()["code"]) == (403, "not_your_account")
