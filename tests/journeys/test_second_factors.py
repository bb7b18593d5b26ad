"""Second factors of one's own account, and the gate before every sensitive action."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.identity.models import Approval
from alicerce.apps.identity.tests.factories import SECRET, a_code_app, a_person_with
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.access import ACCOUNT
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import registry
from tests.architecture.isolation.addresses import addresses
from tests.journeys.people import (
    PASSWORD,
    code_of_phone,
    enter,
    letters_to,
    wrong_code,
)

ANA = "ana@padaria.example"
APP, CODES, OFF = (
    "/conta/seguranca/aplicativo/",
    "/conta/seguranca/codigos/novos/",
    "/conta/seguranca/aplicativo/desativar/",
)
DUE = {
    "api_key.exchange_approved",
    "api_key.making_approved",
    "api_key.revocation_approved",
    "customers.export_approved",
    "customers.file_approved",
    "endpoint.deletion_approved",
    "endpoint.rotation_approved",
    "impersonation.approved",
    "impersonation.consent_approved",
    "member.removal_approved",
    "member.role_approved",
    "privacy.copy_approved",
    "privacy.download_approved",
    "privacy.erasure_approved",
    "role.change_approved",
    "role.drop_approved",
    "role.sessions_approved",
    "server.access_approved",
    "tenant.payer_approved",
    "tenant.transfer_approved",
}


@pytest.fixture
def ana(site):
    return a_person_with(PASSWORD, ANA)


@pytest.fixture
def browser(ana):
    browser = Client()
    enter(browser, ANA)
    return browser


@pytest.fixture
def protected(ana, browser):
    """Ana signed in, and then put an app of codes on her account."""
    a_code_app(ana)
    return browser


def prove(browser, url, **given):
    """The first page passed; the address of the second."""
    return browser.post(browser.get(url).headers["Location"], given).headers["Location"]


def approval_in(address):
    return {"aprovacao": address.partition("aprovacao=")[2]}


class TestCodeApp:
    def test_is_put_on_after_the_password(
        self, ana, browser, django_capture_on_commit_callbacks
    ):
        opened = browser.post(prove(browser, APP, password=PASSWORD))
        page = browser.get(opened.headers["Location"]).content.decode()
        secret = browser.session["mfa.totp.secret"]

        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(opened.headers["Location"], {"code": code_of_phone(secret)})

        assert secret in page
        assert answer.headers["Location"] == "/conta/seguranca/codigos/"
        told = letters_to(ANA)[-1][1]
        assert told["what"] == "app_on"
        assert told["at_changed"]
        assert Entry.objects.filter(action="factor.added", entity_id=ana.pk).exists()

    def test_renews_the_session(self, ana, browser):
        opened = browser.post(prove(browser, APP, password=PASSWORD)).headers["Location"]
        browser.get(opened)
        before = browser.session.session_key

        browser.post(opened, {"code": code_of_phone(browser.session["mfa.totp.secret"])})

        assert browser.session.session_key != before
        assert browser.get("/conta/").status_code == 200

    def test_is_not_put_on_by_a_wrong_code(self, ana, browser):
        opened = browser.post(prove(browser, APP, password=PASSWORD)).headers["Location"]

        assert browser.post(opened, {"code": wrong_code()}).status_code == 422
        assert not Authenticator.objects.filter(user=ana).exists()

    def test_has_no_way_around_the_proof(self, ana, browser):
        answer = browser.get("/conta/seguranca/aplicativo/codigo/")

        assert answer.headers["Location"] == APP

    def test_secret_is_sealed(self, ana):
        a_code_app(ana)
        kept = Authenticator.objects.filter(user=ana).values_list("data", flat=True)

        assert SECRET not in str(list(kept))


class TestRecoveryCodes:
    def test_are_shown_once(self, ana, protected):
        protected.post(prove(protected, CODES, code=code_of_phone()))

        shown = protected.get("/conta/seguranca/codigos/").content.decode()

        codes = ana.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
        assert all(code in shown for code in codes)
        assert (
            protected.get("/conta/seguranca/codigos/").headers["Location"]
            == "/conta/seguranca/"
        )

    def test_are_renewed_by_who_has_only_them_left(self, ana, protected):
        left = ana.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()

        confirming = prove(protected, CODES, code=left[0])

        assert protected.get(confirming).status_code == 200
        assert protected.post(confirming).headers["Location"] == "/conta/seguranca/codigos/"


class TestGate:
    def test_refuses_who_goes_straight_to_the_action(self, ana, protected):
        answer = protected.post(OFF)

        assert answer.status_code == 403
        assert "step_up_required" in answer.content.decode()
        assert Authenticator.objects.filter(user=ana, type="totp").exists()

    def test_refuses_an_approval_that_was_never_proven(self, ana, protected):
        proving = protected.get(OFF).headers["Location"]
        approval = {"aprovacao": proving.partition("?")[0].strip("/").split("/")[-1]}

        assert protected.post(OFF, approval).status_code == 403

    def test_shows_what_will_happen_and_then_does_it(self, ana, protected):
        confirming = prove(protected, OFF, code=code_of_phone())
        page = protected.get(confirming).content.decode()

        answer = protected.post(confirming)

        assert "Desativar o aplicativo de códigos" in page
        assert ANA in page
        assert answer.headers["Location"] == "/conta/seguranca/"
        assert not Authenticator.objects.filter(user=ana).exists()
        assert Entry.objects.filter(action="factor.app_disabled").count() == 1

    def test_counts_wrong_proofs_and_not_right_ones(self, ana, browser):
        for _ in range(8):
            assert "aprovacao=" in prove(browser, APP, password=PASSWORD)

        proving = browser.get(APP).headers["Location"]
        guesses = [browser.post(proving, {"password": "errada"}) for _ in range(6)]
        assert [answer.status_code for answer in guesses] == [422] * 5 + [429]

    def test_asks_for_the_next_code_where_the_one_of_the_sign_in_is_typed_again(
        self, ana, browser
    ):
        a_code_app(ana)
        browser.post("/sair/")
        enter(browser, ANA)
        used = code_of_phone()
        browser.post("/entrar/segundo-fator/", {"code": used})
        proving = browser.get(OFF).headers["Location"]

        again = [browser.post(proving, {"code": used}) for _ in range(6)]

        assert {answer.status_code for answer in again} == {422}
        assert "Este código já foi usado" in again[0].text
        assert f'href="{proving}"' in again[0].text.replace("&amp;", "&")
        answer = browser.post(proving, {"code": code_of_phone(periods_ahead=1)})
        assert "aprovacao=" in answer.headers["Location"]

    def test_has_a_way_back(self, ana, browser):
        proving = browser.get(APP).headers["Location"]

        assert 'href="/conta/seguranca/"' in browser.get(proving).text
        elsewhere = proving.partition("?")[0] + "?voltar=//elsewhere.example/"
        assert 'href="//elsewhere.example' not in browser.get(elsewhere).text

    def test_lets_an_approval_pass_once(self, ana, protected):
        confirming = prove(protected, CODES, code=code_of_phone())

        assert protected.post(confirming).status_code == 302
        assert protected.post(confirming).status_code == 403
        assert Entry.objects.filter(action="factor.codes_renewed").count() == 1

    def test_takes_no_password_of_who_has_a_factor(self, ana, protected):
        proving = protected.get(OFF).headers["Location"]

        assert protected.post(proving, {"password": PASSWORD}).status_code == 422

    def test_forgets_a_proof_after_five_minutes(self, ana, protected):
        confirming = prove(protected, OFF, code=code_of_phone())
        Approval.objects.update(proven_at=now() - timedelta(minutes=5, seconds=1))

        assert protected.post(confirming).status_code == 403

    def test_knows_the_session_that_asked(self, ana, protected):
        confirming = prove(protected, OFF, code=code_of_phone())
        elsewhere = Client()
        enter(elsewhere, ANA)
        elsewhere.post("/entrar/segundo-fator/", {"code": code_of_phone(periods_ahead=1)})
        assert elsewhere.get("/conta/").status_code == 200

        assert elsewhere.post(confirming).status_code == 403

    def test_knows_the_action_that_was_approved(self, ana, protected):
        confirming = prove(protected, CODES, code=code_of_phone())

        assert protected.post(OFF, approval_in(confirming)).status_code == 403

    def test_asks_again_when_what_was_shown_has_changed(self, ana, protected):
        confirming = prove(protected, CODES, code=code_of_phone())
        ana.email = "ana@elsewhere.example"
        ana.save()

        assert protected.post(confirming).status_code == 403

    def test_is_nobody_elses(self, ana, protected):
        proving = protected.get(OFF).headers["Location"]
        a_person_with(PASSWORD, "bia@padaria.example")
        bia = Client()
        enter(bia, "bia@padaria.example")

        assert bia.get(proving).status_code == 404
        assert Client().get(proving).headers["Location"].startswith("/entrar/")

    def test_waits_after_five_wrong_codes(self, ana, protected):
        proving = protected.get(OFF).headers["Location"]
        for number in range(5):
            protected.post(proving, {"code": f"99999{number}"})

        assert protected.post(proving, {"code": code_of_phone()}).status_code == 429


class TestEverySensitiveAction:
    def test_declares_a_permission_and_is_behind_the_gate(self):
        behind = {view.sensitive.action for view in _views() if hasattr(view, "sensitive")}

        assert behind == set(registry)

    def test_is_what_gives_keys_power_or_data_away(self):
        assert DUE - set(registry) == set()

    def test_does_nothing_for_who_holds_every_right_and_proves_nothing(
        self, ana, site, protected
    ):
        a_member(site, ana, "owner")
        of_the_company = [
            address
            for address in addresses()
            if hasattr(address.view, "sensitive") and address.name.startswith("workspace:")
        ]
        sensitive = {"approval.proven"} | set(registry)

        answers = {one.name: protected.post(one.at_nothing()) for one in of_the_company}

        assert {answer.status_code for answer in answers.values()} <= {403, 404}
        assert not Entry.objects.filter(action__in=sensitive).exists()

    def test_refuses_to_be_posted_directly(self, ana, protected):
        """Whatever the address names: the gate comes before the action looks for its object."""
        mine = [view for view in _views() if getattr(view, "permission", None) == ACCOUNT]
        for view in (one for one in mine if hasattr(one, "sensitive")):
            address = _address_of(view)
            if address:
                assert protected.post(address).status_code == 403, address


def _views():
    return [address.view for address in addresses()]


def _address_of(view):
    """The address of a view that names no object; those that do have tests of their own."""
    plain = (one for one in addresses() if one.view is view and not one.parameters)
    return next((reverse(one.name) for one in plain), None)


class TestStaff:
    @pytest.fixture
    def owner(self, ana, site, settings):
        settings.STAFF_NEEDS_FACTOR = True
        a_member(site, ana, "owner")
        return ana

    def test_is_led_to_a_second_factor_before_anything_else(self, owner, browser):
        answer = browser.get("/app/")

        assert answer.headers["Location"] == "/conta/seguranca/"
        assert "Falta um passo." in browser.get("/conta/seguranca/").content.decode()

    def test_reads_why_on_an_address_where_they_do_not_work(
        self, site, ana, browser, other_tenant, settings
    ):
        settings.STAFF_NEEDS_FACTOR = True
        with other_tenant:
            a_member(site, ana, "finance")  # where it is entered: the neighbour

        assert "Falta um passo." in browser.get("/conta/seguranca/").content.decode()

    def test_reaches_the_workspace_with_one(self, owner, protected):
        assert protected.get("/app/").status_code == 200

    def test_a_customer_is_not_led_anywhere(self, ana, browser, settings):
        settings.STAFF_NEEDS_FACTOR = True

        assert browser.get("/app/").status_code == 403
