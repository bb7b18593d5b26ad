"""Signing in through the pages of a company's own address."""

import pytest
from django.test import Client

from alicerce.apps.identity import public as identity
from alicerce.apps.identity.models import SignInAttempt, User
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_person

PASSWORD = "pão quente às seis"


@pytest.fixture
def ana(tenant):
    ana = a_person("ana@padaria.example")
    ana.set_password(PASSWORD)
    ana.save()
    return ana


@pytest.fixture
def site(tenant, client):
    Host.objects.create(domain="testserver", tenant_id=tenant.id, base_url="http://testserver")
    return client


class TestPages:
    def test_a_failed_attempt_is_remembered_although_the_page_is_an_error(self, site, ana):
        answer = site.post("/entrar/", {"email": ana.email, "password": "errada"})

        assert answer.status_code == 422
        assert SignInAttempt.objects.count() == 1

    def test_signing_in_leads_to_ourselves_only(self, site, ana):
        given = {"email": ana.email, "password": PASSWORD}

        answer = site.post("/entrar/?next=//evil.example/", given)

        assert answer.headers["Location"] == "/dentro/"

    def test_a_new_session_begins_at_sign_in(self, site, ana):
        site.get("/entrar/")
        before = site.session.session_key

        site.post("/entrar/", {"email": ana.email, "password": PASSWORD})

        assert site.session.session_key not in (None, before)

    def test_a_form_from_elsewhere_is_refused(self, site, ana):
        strict = Client(enforce_csrf_checks=True)

        answer = strict.post("/entrar/", {"email": ana.email, "password": PASSWORD})

        assert answer.status_code == 403

    def test_a_short_password_is_refused_with_a_reason(self, site, ana):
        link = identity.set_password_link(email=ana.email, base_url="")

        answer = site.post(link, {"password": "curta"})

        assert answer.status_code == 422
        assert User.objects.get(pk=ana.pk).password == ana.password

    def test_nothing_is_kept_in_caches(self, site, ana):
        assert site.get("/entrar/").headers["Cache-Control"] == "no-store"
