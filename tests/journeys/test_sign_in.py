"""Signing in through the pages of a company's own address."""

import re

import pytest
from django.db import connection
from django.test import Client

from alicerce.apps.identity import public as identity
from alicerce.apps.identity import rules
from alicerce.apps.identity.models import User
from alicerce.apps.identity.tests.factories import a_code_app, a_person_with
from alicerce.kernel.clock import now
from alicerce.kernel.ratelimit import take
from tests.journeys.people import (
    PASSWORD,
    code_of_phone,
    enter,
    wrong_code,
)

ANA = "ana@padaria.example"


@pytest.fixture
def ana(site):
    return a_person_with(PASSWORD, ANA)


class TestSignIn:
    def test_lets_in_whatever_the_case(self, ana, client):
        answer = enter(client, "ANA@padaria.example")

        assert answer.headers["Location"] == "/dentro/"
        assert client.get("/conta/").status_code == 200

    def test_leads_to_ourselves_only(self, ana, client):
        answer = client.post(
            "/entrar/?next=//evil.example/", {"login": ANA, "password": PASSWORD}
        )

        assert answer.headers["Location"] == "/dentro/"

    def test_says_the_same_of_a_wrong_password_and_an_unknown_person(self, ana, client):
        wrong = enter(client, ANA, "errada")
        unknown = enter(client, "ninguem@padaria.example", "errada")

        assert wrong.status_code == unknown.status_code == 422
        assert "E-mail ou senha não conferem." in wrong.content.decode()
        assert _without_what_was_typed(wrong) == _without_what_was_typed(unknown)

    def test_begins_a_new_session(self, ana, client):
        client.get("/entrar/biometria/", headers={"X-Requested-With": "XMLHttpRequest"})
        before = client.session.session_key

        enter(client, ANA)

        assert before
        assert client.session.session_key not in (None, before)

    def test_refuses_a_form_from_elsewhere(self, ana):
        strict = Client(enforce_csrf_checks=True)

        assert enter(strict, ANA).status_code == 403

    def test_is_not_kept_in_caches(self, ana, client):
        assert "no-store" in client.get("/entrar/").headers["Cache-Control"]

    def test_waits_after_ten_attempts_at_one_person(self, ana, client):
        for number in range(10):
            enter(client, ANA, "errada", REMOTE_ADDR=f"192.0.2.{number}")

        answer = enter(client, ANA, REMOTE_ADDR="198.51.100.1")

        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 30
        assert "Tente de novo em 1 minuto." in answer.content.decode()

    def test_uses_up_of_everybodys_only_what_was_tried(self, ana, client):
        for number in range(30):
            enter(client, f"pessoa{number}@padaria.example", "errada")

        left = take(rules.SIGN_IN_EVERYBODY, "everybody", at=now()).remaining

        assert left >= rules.SIGN_IN_EVERYBODY.limit - 11

    def test_waits_after_ten_attempts_from_one_address(self, ana, client):
        for number in range(10):
            enter(client, f"pessoa{number}@padaria.example", "errada")

        assert enter(client, ANA).status_code == 429
        assert enter(client, ANA, REMOTE_ADDR="198.51.100.1").status_code == 302

    def test_asks_who_never_proved_their_email_for_the_code(self, site, client):
        person = a_person_with(PASSWORD, "bia@padaria.example")
        person.emailaddress_set.update(verified=False)

        answer = enter(client, person.email)

        assert answer.headers["Location"] == "/cadastro/codigo/"
        assert client.get("/conta/").headers["Location"].startswith("/entrar/")


def counted():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from rate_limit")
        return cursor.fetchone()[0]


def _without_what_was_typed(answer):
    text = answer.content.decode()
    for typed in (ANA, "ninguem@padaria.example"):
        text = text.replace(typed, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


class TestSecondFactor:
    @pytest.fixture
    def ana(self, ana):
        a_code_app(ana)
        return ana

    def answer(self, client, code, **options):
        return client.post("/entrar/segundo-fator/", {"code": code}, **options)

    def test_stands_between_the_password_and_the_session(self, ana, client):
        assert enter(client, ANA).headers["Location"] == "/entrar/segundo-fator/"
        assert client.get("/conta/").headers["Location"].startswith("/entrar/")

        assert self.answer(client, wrong_code()).status_code == 422
        assert self.answer(client, code_of_phone()).headers["Location"] == "/dentro/"
        assert client.get("/conta/").status_code == 200

    def test_takes_a_code_once(self, ana, client):
        code, thief = code_of_phone(), Client()
        enter(client, ANA)
        self.answer(client, code)
        enter(thief, ANA)

        assert "Este código já foi usado" in self.answer(thief, code).text
        assert thief.get("/conta/").status_code == 302

    def test_takes_each_recovery_code_once(self, ana, client):
        codes = ana.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
        enter(client, ANA)
        assert self.answer(client, codes[0]).status_code == 302
        client.post("/sair/")
        enter(client, ANA)

        assert "Este código já foi usado" in self.answer(client, codes[0]).text
        assert self.answer(client, codes[1]).status_code == 302

    def test_is_guessed_five_times_and_no_more_from_wherever(self, ana, client):
        enter(client, ANA)
        for number in range(5):
            self.answer(client, f"99999{number}", REMOTE_ADDR=f"192.0.2.{number}")

        def knock(code):
            return self.answer(client, code, REMOTE_ADDR="198.51.100.1").status_code

        unread = code_of_phone()
        assert knock(unread) == 429
        rows = counted()
        assert (knock(unread), knock("x" * 10_000), counted()) == (429, 429, rows)

    def test_is_asked_after_a_password_link_too(self, ana, client):
        link = identity.set_password_link(email=ANA, base_url="")

        answer = client.post(link, {"password": "outra frase bem comprida"})

        assert answer.headers["Location"] == "/entrar/segundo-fator/"

    def test_of_nobody_leads_to_the_entrance(self, site, client):
        assert self.answer(client, "123456").headers["Location"] == "/entrar/"


class TestPasswordLink:
    def link(self):
        return identity.set_password_link(email=ANA, base_url="")

    def test_works_once(self, ana, client):
        link = self.link()

        assert client.post(link, {"password": "a nova frase secreta"}).status_code == 302
        assert Client().get(link).status_code == 410
        assert enter(Client(), ANA, "a nova frase secreta").status_code == 302

    def test_refuses_a_short_password_with_a_reason(self, ana, client):
        answer = client.post(self.link(), {"password": "curta"})

        assert answer.status_code == 422
        assert User.objects.get(pk=ana.pk).password == ana.password

    @pytest.mark.parametrize("common", ["1234567890", "qwertyuiop"])
    def test_refuses_a_password_that_everybody_uses(self, ana, client, common):
        assert client.post(self.link(), {"password": common}).status_code == 422

    def test_takes_a_password_of_any_sort_and_length(self, ana, client):
        assert (
            client.post(self.link(), {"password": "só letras minúsculas " * 5}).status_code
            == 302
        )

    @pytest.mark.parametrize("uid", ["xx", "AAAA", "MTIz"])
    def test_of_nobody_is_expired(self, ana, client, uid):
        token = self.link().split("/")[-2]

        assert client.get(f"/entrar/senha/{uid}/{token}/").status_code == 410
