"""Who meets in the market: a publisher with its apps, and an owner who may let them in."""

import pytest
from django.test import Client

from alicerce.apps.marketplace.tests.factories import an_application
from alicerce.apps.marketplace.types import ApplicationKind
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_member, a_person, a_tenant
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.surfaces.tests.oauth import HOST, ISSUER, App, agree

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def platform(db):
    root = a_tenant("raiz", is_root=True)
    Host.objects.create(tenant_id=root.id, domain=HOST, base_url=ISSUER)
    return root


@pytest.fixture
def publisher(platform):
    """Oficina, and the person who develops there."""
    company = a_tenant("oficina")
    person = a_person("otto@oficina.example", name="Otto")
    with acting(tenant_id=company.id), showing_rows_of(company.id):
        a_member(company, person, "developer")
    return company, person


@pytest.fixture
def app(publisher):
    return App(an_application(*publisher))


@pytest.fixture
def public_app(publisher):
    return App(an_application(*publisher, kind=ApplicationKind.PUBLIC))


@pytest.fixture
def ana(tenant, platform):
    """Owner of Padaria, signed in at the platform's address."""
    person = a_person("ana@padaria.example", name="Ana")
    a_member(tenant, person, "owner")
    client = Client(headers={"host": HOST})
    client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def tokens(ana, app, tenant):
    return app.exchange(agree(ana, app.registered, tenant.id)["code"]).json()
