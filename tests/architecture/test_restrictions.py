"""A company whose payer is behind: not one of its people's or programs' addresses is left out."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from alicerce.apps.developers.tests.factories import a_key, a_maker
from alicerce.apps.identity.models import User
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.types import RestrictionCause
from alicerce.kernel.restrictions import SAFE, Restriction, refuses, works_when
from alicerce.project import restricting
from alicerce.surfaces.api.application import operations_by_path
from alicerce.surfaces.workspace.urls import urlpatterns

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
READ_ONLY, CLOSED = Restriction.READ_ONLY, Restriction.CLOSED
EVEN_READ_ONLY = {"customers_export_new", "customers_export_confirm"}
"""What takes data out, though it writes down that it did."""
EVEN_CLOSED = {
    "platform_bill",
    "payer",
    "payer_account",
    "payer_confirm",
    "payer_describe",
    "payer_invite",
    "payer_take_over",
    "payer_withdraw",
    "prove",
}
"""The way out: what is owed, who pays, and proving who one is."""
PLACES = {"uuid": str(uuid4()), "uuidstr": str(uuid4()), "int": "1", "str": "x", "slug": "x"}
PAGES = {one.name: one for one in urlpatterns}
OPERATIONS = [
    (method, path, operation.view_func)
    for path, operations in operations_by_path().items()
    for method, operation in operations.items()
]


def somewhere(route):
    return re.sub(r"[<{](?:(\w+):)?\w+[>}]", lambda found: PLACES[found[1] or "str"], route)


def restrict(restriction):
    tenancy.restrict_tenant(restriction=restriction, cause=RestrictionCause.UNPAID, at=NOON)


@pytest.fixture(autouse=True)
def patient(settings):
    settings.QUOTAS = {**settings.QUOTAS, "pages": (100_000, 60), "calls": (100_000, 60)}


@pytest.fixture
def maker(tenant):
    Host.objects.create(tenant_id=tenant.id, domain="testserver", base_url="http://testserver")
    return a_maker(tenant)


@pytest.fixture
def owner(maker):
    client = Client()
    client.force_login(
        User.objects.get(pk=maker.user_id),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def told(answer):
    """The page of restriction itself, and not another refusal."""
    return answer.status_code, 'class="card empty"' in answer.text and "cobrança" in answer.text


def test_every_page_that_works_then_was_looked_at():
    assert {
        n for n, one in PAGES.items() if works_when(one.callback) == READ_ONLY
    } == EVEN_READ_ONLY
    assert {n for n, one in PAGES.items() if works_when(one.callback) == CLOSED} == EVEN_CLOSED
    works = {path for _, path, view in OPERATIONS if works_when(view) != Restriction.NONE}
    assert works == {"/me"}


def test_every_page_of_a_read_only_company_refuses_to_change_anything(owner, monkeypatch):
    monkeypatch.setattr(restricting, "render_to_string", lambda name, *_, **__: name)
    restrict(READ_ONLY)

    served = {
        name
        for name, one in PAGES.items()
        if owner.post(f"/app/{somewhere(str(one.pattern))}").text != "restricted.html"
    }

    assert served == EVEN_READ_ONLY | EVEN_CLOSED


def test_every_page_of_a_closed_company_is_closed_but_for_the_way_out(owner):
    restrict(CLOSED)

    refused = {
        name for name, one in PAGES.items() if refuses(CLOSED, method="GET", view=one.callback)
    }

    assert refused == PAGES.keys() - EVEN_CLOSED
    assert told(owner.get("/app/")) == (403, True)
    assert owner.get("/app/empresa/plataforma/").status_code == 200
    assert owner.get("/").status_code == 200  # its shop is its customers' place


def test_every_operation_of_a_read_only_company_that_changes_something_is_refused(
    tenant, maker
):
    call = {"Authorization": f"Bearer {a_key(tenant, maker=maker).secret}"}
    client = Client()
    restrict(READ_ONLY)

    answers = {
        (method, path): client.generic(
            method, f"/v1{somewhere(path)}", b"{}", "application/json", headers=call
        )
        for method, path, _ in OPERATIONS
        if method not in SAFE
    }

    codes = {at: (one.status_code, one.json()["code"]) for at, one in answers.items()}
    assert set(codes.values()) == {(403, "company_read_only")}, codes
    assert client.get("/v1/customers", headers=call).status_code == 200
    company = client.get("/v1/me", headers=call).json()["company"]
    assert company["restriction"] == "read_only"
    assert company["bill_url"] == "http://testserver/app/empresa/plataforma/"


def test_programs_of_a_closed_company_learn_that_and_nothing_else(tenant, maker):
    call = {"Authorization": f"Bearer {a_key(tenant, maker=maker).secret}"}
    client = Client()
    restrict(CLOSED)

    assert all(refuses(CLOSED, method=m, view=v) for m, path, v in OPERATIONS if path != "/me")
    assert client.get("/v1/customers", headers=call).json()["code"] == "company_locked"
    assert client.get("/v1/me", headers=call).json()["company"]["restriction"] == "closed"

    restrict(Restriction.NONE)

    assert client.get("/v1/customers", headers=call).status_code == 200
