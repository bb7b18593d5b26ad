"""Opening an account, a forgotten password, another e-mail: everything by a code in the mailbox."""

from typing import ClassVar

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from alicerce.apps.audit.models import Entry
from alicerce.apps.identity.models import User
from alicerce.apps.identity.tests.factories import a_code_app, a_person, a_person_with
from alicerce.apps.identity.web import throttle
from alicerce.apps.tenancy.models import Host
from tests.journeys.people import (
    PASSWORD,
    code_in_letter,
    code_of_phone,
    enter,
    letters_to,
)

ANA, BIA = "ana@padaria.example", "bia@padaria.example"
NEW = "a nova frase secreta"


@pytest.fixture
def ana(site):
    return a_person_with(PASSWORD, ANA)


def sign_up(browser, email=BIA, password=PASSWORD):
    return browser.post(
        "/cadastro/", {"name": "Bia Reis", "email": email, "password1": password}
    )


class TestSignUp:
    def test_lets_in_who_reads_the_mailbox(self, site, client):
        assert sign_up(client).headers["Location"] == "/cadastro/codigo/"

        answer = client.post("/cadastro/codigo/", {"code": code_in_letter(BIA)})

        assert answer.headers["Location"] == "/dentro/"
        assert User.objects.get(email=BIA).name == "Bia Reis"
        assert client.get("/conta/").status_code == 200

    @pytest.mark.parametrize("guess", ["biareis-2026", "padaria-host1"])
    def test_takes_no_password_made_of_names(self, site, client, guess):
        assert sign_up(client, password=guess).status_code == 422

    def test_lets_nobody_in_before(self, site, client):
        sign_up(client)

        assert client.get("/conta/").headers["Location"].startswith("/entrar/")
        assert enter(Client(), BIA).headers["Location"] == "/cadastro/codigo/"

    def test_ends_after_three_wrong_codes(self, site, client):
        sign_up(client)
        code = code_in_letter(BIA)
        for _ in range(3):
            client.post("/cadastro/codigo/", {"code": "ERRADO"})

        client.post("/cadastro/codigo/", {"code": code})

        assert not EmailAddress.objects.filter(email=BIA, verified=True).exists()

    def test_sends_another_code_which_ends_the_first(self, site, client):
        sign_up(client)
        first = code_in_letter(BIA)
        client.post("/cadastro/codigo/", {"action": "resend"})

        assert client.post("/cadastro/codigo/", {"code": first}).status_code == 422
        assert (
            client.post("/cadastro/codigo/", {"code": code_in_letter(BIA)}).status_code == 302
        )

    def test_says_nothing_of_who_is_known_but_to_their_mailbox(self, ana, client):
        known, unknown = sign_up(client, ANA), sign_up(Client(), BIA)

        assert known.headers["Location"] == unknown.headers["Location"] == "/cadastro/codigo/"
        assert client.get("/cadastro/codigo/").status_code == 200
        assert letters_to(ANA)[-1][0] == "account_exists"
        assert User.objects.get(email=ANA).name == "Ana"

    def test_refuses_a_password_like_the_email(self, site, client):
        assert (
            sign_up(client, "bia.reis@padaria.example", "bia.reis@padaria").status_code == 422
        )

    def test_waits_when_one_address_opens_accounts_in_a_row(self, site):
        answers = [sign_up(Client(), f"p{number}@x.example") for number in range(11)]

        assert [answer.status_code for answer in answers] == [302] * 10 + [429]


class TestHowLongAnAnswerTakes:
    """Told from outside, the two cannot be told apart: see `python -m bench.strangers`."""

    @pytest.fixture
    def rests(self, settings, monkeypatch):
        rested = []
        settings.ANSWER_PACES = {"account": 60.0, "letter": 30.0}
        monkeypatch.setattr(throttle, "sleep", rested.append)
        return rested

    def test_is_the_same_for_a_forgotten_password_of_anybody(self, ana, client, rests):
        for email in (ANA, "ninguem@padaria.example"):
            client.post("/entrar/esqueci/", {"email": email})

        assert len(rests) == 2
        assert all(20 < rest < 30 for rest in rests)

    def test_is_the_same_for_a_new_account_of_anybody(self, ana, rests):
        sign_up(Client(), ANA)
        sign_up(Client(), BIA)

        assert len(rests) == 2
        assert all(40 < rest < 60 for rest in rests)

    def test_is_not_drawn_out_for_who_only_looks_or_took_longer(
        self, ana, client, rests, settings
    ):
        client.get("/cadastro/")
        settings.ANSWER_PACES = {"account": 0.0, "letter": 0.0}
        sign_up(client, BIA)

        assert rests == [0]


class TestForgottenPassword:
    def ask(self, browser, email=ANA, **options):
        return browser.post("/entrar/esqueci/", {"email": email}, **options)

    def test_is_replaced_by_who_reads_the_mailbox(self, ana, client):
        elsewhere = Client()
        enter(elsewhere, ANA)
        self.ask(client)
        client.post("/entrar/esqueci/codigo/", {"code": code_in_letter(ANA)})

        answer = client.post("/entrar/esqueci/nova-senha/", {"password1": NEW})

        assert answer.headers["Location"] == "/dentro/"
        assert enter(Client(), ANA, NEW).status_code == 302
        assert enter(Client(), ANA, PASSWORD).status_code == 422
        assert elsewhere.get("/conta/").status_code == 302

    def test_of_nobody_looks_the_same(self, ana, client):
        stranger = Client()
        known, unknown = self.ask(client), self.ask(stranger, "ninguem@padaria.example")

        assert known.headers["Location"] == unknown.headers["Location"]
        pages = [
            browser.get("/entrar/esqueci/codigo/").content.decode().count("<input")
            for browser in (client, stranger)
        ]
        assert pages[0] == pages[1]
        assert letters_to("ninguem@padaria.example")[-1][0] == "account_unknown"

    @pytest.mark.parametrize("is_ordering", [False, True])
    def test_of_who_never_confirmed_their_e_mail_confirms_it_too(
        self, site, client, is_ordering
    ):
        a_person(BIA) if is_ordering else sign_up(Client(), BIA)
        sign_up(client, BIA)
        self.ask(client, BIA)
        client.post("/entrar/esqueci/codigo/", {"code": code_in_letter(BIA)})

        answer = client.post("/entrar/esqueci/nova-senha/", {"password1": NEW})

        assert answer.headers["Location"] == "/dentro/"
        assert client.get("/conta/").status_code == 200
        assert enter(Client(), BIA, NEW).headers["Location"] == "/dentro/"

    def test_of_who_never_chose_one_is_chosen_then(self, site, client):
        a_person(BIA)
        self.ask(client, BIA)
        client.post("/entrar/esqueci/codigo/", {"code": code_in_letter(BIA)})

        answer = client.post("/entrar/esqueci/nova-senha/", {"password1": NEW})

        assert answer.status_code == 302
        assert enter(Client(), BIA, NEW).status_code == 302

    def test_ends_after_three_wrong_codes(self, ana, client):
        self.ask(client)
        code = code_in_letter(ANA)
        for _ in range(3):
            client.post("/entrar/esqueci/codigo/", {"code": "ERRADO"})

        answer = client.post("/entrar/esqueci/codigo/", {"code": code})

        assert answer.headers["Location"] == "/entrar/"

    def test_needs_the_second_factor_of_who_has_one(self, ana, client):
        a_code_app(ana)
        self.ask(client)
        client.post("/entrar/esqueci/codigo/", {"code": code_in_letter(ANA)})

        answer = client.post("/entrar/esqueci/nova-senha/", {"password1": NEW})

        assert answer.headers["Location"] == "/entrar/segundo-fator/"

    def test_may_be_asked_for_five_times_a_day(self, ana, client):
        for number in range(5):
            self.ask(Client(), REMOTE_ADDR=f"192.0.2.{number}")

        assert self.ask(Client(), REMOTE_ADDR="192.0.2.99").status_code == 429

    def test_leads_to_the_companys_own_address_whatever_the_request_claims(self, ana, client):
        self.ask(
            client, "ninguem@padaria.example", headers={"X-Forwarded-Host": "evil.example"}
        )

        _template, values = letters_to("ninguem@padaria.example")[-1]

        assert values["link_sign_up"] == "https://padaria.example/cadastro/"

    def test_of_a_host_that_is_nobodys_is_not_found(self, ana, client):
        assert self.ask(client, headers={"Host": "evil.example"}).status_code == 404
        assert not Host.objects.filter(domain="evil.example").exists()


class TestAnotherEmail:
    def ask(self, client, new=BIA):
        """Up to the second page: proven by password, shown, confirmed."""
        client.post("/conta/email/", {"email": new})
        proving = client.get("/conta/email/trocar/").headers["Location"]
        return client.post(proving, {"password": PASSWORD}).headers["Location"]

    @pytest.fixture
    def client(self, ana, client):
        enter(client, ANA)
        return client

    def test_counts_once_it_is_verified_and_the_old_one_is_told(self, ana, client):
        confirming = self.ask(client)
        shown = client.get(confirming).content.decode()
        client.post(confirming)
        assert User.objects.get(pk=ana.pk).email == ANA

        client.post("/cadastro/codigo/", {"code": code_in_letter(BIA)})

        assert ANA in shown
        assert BIA in shown
        assert User.objects.get(pk=ana.pk).email == BIA
        assert letters_to(ANA)[-1] == (
            "account_notice",
            letters_to(ANA)[-1][1] | {"what": "email"},
        )
        assert [a.email for a in EmailAddress.objects.filter(user=ana)] == [BIA]

    def test_is_never_that_of_another_account_and_says_so_only_to_its_reader(self, ana, client):
        a_person_with(PASSWORD, BIA)
        asked = client.post(self.ask(client))

        answer = client.post("/cadastro/codigo/", {"code": code_in_letter(BIA)})

        assert asked.headers["Location"] == "/cadastro/codigo/"
        assert answer.status_code == 422
        assert User.objects.get(pk=ana.pk).email == ANA

    def test_needs_more_than_the_password_of_who_has_a_second_factor(self, ana, client):
        a_code_app(ana)
        client.post("/conta/email/", {"email": BIA})
        proving = client.get("/conta/email/trocar/").headers["Location"]

        assert client.post(proving, {"password": PASSWORD}).status_code == 422
        assert client.post(proving, {"code": code_of_phone()}).status_code == 302


class TestPassword:
    @pytest.fixture
    def client(self, ana, client):
        enter(client, ANA)
        return client

    def change(self, client, current=PASSWORD, new=NEW):
        return client.post("/conta/senha/", {"current": current, "password": new})

    def test_changes_and_ends_the_other_sessions(self, ana, client):
        elsewhere = Client()
        enter(elsewhere, ANA)

        assert self.change(client).status_code == 302

        assert client.get("/conta/").status_code == 200
        assert elsewhere.get("/conta/").status_code == 302
        assert letters_to(ANA)[-1][1]["what"] == "password"

    def test_is_not_changed_without_the_current_one(self, ana, client):
        assert self.change(client, current="errada").status_code == 422

    def test_leaves_its_change_in_the_trail_without_itself(self, ana, client):
        self.change(client)

        entry = Entry.objects.get(action="person.password_changed")

        assert (entry.actor, entry.entity_id) == (f"user:{ana.pk}", ana.pk)
        assert NEW not in str(entry.after)


class Counted(MD5PasswordHasher):
    """Notes each time that a password is worked through: it is what takes the time."""

    worked: ClassVar[list[str]] = []

    def encode(self, password, salt):
        self.worked.append(password)
        return super().encode(password, salt)


class TestTime:
    """What an answer takes says nothing of who is known: as many passwords are worked through."""

    @pytest.fixture
    def work_of(self, ana, settings):
        settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]

        def work_of(ask, *given):
            Counted.worked.clear()
            ask(Client(), *given)
            return len(Counted.worked)

        return work_of

    def test_is_the_same_for_a_wrong_password_and_an_unknown_person(self, work_of):
        known, unknown = work_of(enter, ANA, "errada"), work_of(enter, BIA, "errada")

        assert known == unknown > 0

    def test_is_the_same_for_an_account_that_exists_and_a_new_one(self, work_of):
        assert work_of(sign_up, ANA) == work_of(sign_up, BIA) > 0
