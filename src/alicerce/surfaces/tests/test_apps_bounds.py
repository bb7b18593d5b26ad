"""Where an app acts and for how long: in a sandbox, and not after the maker of its secret left."""

from dataclasses import replace
from datetime import timedelta

from django.test import Client

from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.public import sandbox_of
from alicerce.apps.marketplace.models import Installation
from alicerce.apps.marketplace.services.installing import uninstall_app
from alicerce.apps.marketplace.services.registering import rotate_client_secret
from alicerce.apps.marketplace.tests.factories import asking
from alicerce.apps.tenancy.models import Membership
from alicerce.apps.tenancy.services.team import remove_member
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.oauth import HOST, agree, call, decide

pytest_plugins = ["alicerce.surfaces.tests.market"]


class TestForItself:
    def test_ends_for_good_when_the_maker_of_its_secret_leaves(
        self, ana, app, publisher, tenant
    ):
        company, person = publisher
        told = app.itself().json()
        code = agree(ana, app.registered, tenant.id)["code"]
        with acting(tenant_id=company.id), showing_rows_of(company.id):
            a_member(company, a_person("bia@oficina.example"), "owner")
            remove_member(user_id=person.pk, by=person.pk, at=now())
            run_jobs()
            a_member(company, person, "developer")

        assert call(told["access_token"]).status_code == 401
        assert app.itself().json()["error"] == "unauthorized_client"
        assert app.exchange(code).status_code == 200  # who installed it loses nothing

        with acting(tenant_id=company.id), showing_rows_of(company.id):
            app.registered = replace(
                app.registered,
                secret=rotate_client_secret(
                    application_id=app.registered.id,
                    by=person.pk,
                    overlap=timedelta(hours=1),
                    at=now(),
                ),
            )
        assert call(app.itself().json()["access_token"]).status_code == 200

    def test_acts_in_the_sandbox_when_it_says_so(self, app, publisher):
        company, _person = publisher
        told = app.itself(mode="test").json()
        me = call(told["access_token"]).json()
        assert (me["mode"], me["company"]["id"]) == ("test", str(sandbox_of(company.id)))
        live = call(app.itself().json()["access_token"]).json()
        assert (live["mode"], live["company"]["id"]) == ("live", str(company.id))

    def test_refuses_any_other_mode_and_another_grants(self, ana, app, tenant):
        assert app.itself(mode="prod").json()["error"] == "invalid_request"
        code = agree(ana, app.registered, tenant.id)["code"]
        assert app.exchange(code, mode="test").json()["error"] == "invalid_request"


class TestForTests:
    """Installed in a company's sandbox: its tokens act there, and nowhere else."""

    WANTED = {"scope": "customers:read customers:create"}

    def test_acts_in_the_sandbox_only(self, ana, app, tenant):
        a_customer(name="Da Padaria")
        told = agree(ana, app.registered, tenant.id, ticks="testes", **self.WANTED)
        token = app.exchange(told["code"]).json()["access_token"]

        me = call(token).json()

        assert (me["mode"], me["company"]["id"]) == ("test", str(sandbox_of(tenant.id)))
        assert call(token, "/v1/customers").json()["data"] == []
        assert Installation.objects.get().view().mode == "test"

    def test_stands_beside_a_live_one_and_ends_without_it(self, ana, app, tenant, tokens):
        told = agree(ana, app.registered, tenant.id, ticks="testes")
        test_token = app.exchange(told["code"]).json()["access_token"]
        assert call(test_token).status_code == 200
        page = ana.get("/app/desenvolvedores/aplicativos/").text
        assert "Instalado para testes" in page

        uninstall_app(installation_id=Installation.objects.get(mode="test").id, at=now())

        assert call(test_token).status_code == 401
        assert call(tokens["access_token"]).json()["mode"] == "live"

    def test_is_open_to_who_develops_the_app_without_anybody_letting_it_in(
        self, app, publisher, tenant
    ):
        """Whatever is ticked: what they may not install for real, they may only try."""
        company, person = publisher
        otto = Client(headers={"host": HOST})
        otto.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

        with acting(tenant_id=company.id), showing_rows_of(company.id):
            told = agree(otto, app.registered, company.id)

        me = call(app.exchange(told["code"]).json()["access_token"]).json()
        assert (me["mode"], me["company"]["id"]) == ("test", str(sandbox_of(company.id)))

    def test_is_not_open_to_who_develops_elsewhere(self, ana, app, tenant):
        Membership.objects.update(role="developer")

        assert decide(ana, asking(app.registered), tenant.id, testes="on").status_code == 404
