"""Signing in, and choosing a password by a link that works once."""

from datetime import UTC, datetime, timedelta

import pytest

from alicerce.apps.identity import public as identity
from alicerce.apps.identity import services
from alicerce.apps.identity.errors import LinkExpired, TooManyAttempts, WrongCredentials
from alicerce.apps.identity.tests.factories import a_person

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
PASSWORD = "pão quente às seis"
WRONG = "errada"


@pytest.fixture
def ana(db):
    ana = a_person("ana@padaria.example")
    ana.set_password(PASSWORD)
    ana.save()
    return ana


def try_to_enter(
    password: str = WRONG, *, email="ana@padaria.example", at=NOON, ip="203.0.113.7"
):
    return services.check_credentials(email=email, password=password, ip=ip, at=at)


class TestCredentials:
    def test_let_their_owner_in_whatever_the_case(self, ana):
        assert try_to_enter(PASSWORD, email=" ANA@padaria.example ") == ana

    @pytest.mark.parametrize("email", ["ana@padaria.example", "ninguem@padaria.example"])
    def test_say_the_same_of_a_wrong_password_and_an_unknown_person(self, ana, email):
        with pytest.raises(WrongCredentials):
            try_to_enter(email=email)

    def test_may_be_guessed_ten_times_in_five_minutes(self, ana):
        for _ in range(10):
            with pytest.raises(WrongCredentials):
                try_to_enter()

        with pytest.raises(TooManyAttempts):
            try_to_enter(PASSWORD)
        assert try_to_enter(PASSWORD, at=NOON + timedelta(minutes=6)) == ana

    def test_of_many_people_may_not_be_guessed_from_one_address(self, ana):
        for number in range(30):
            with pytest.raises(WrongCredentials):
                try_to_enter(email=f"pessoa{number}@padaria.example")

        with pytest.raises(TooManyAttempts):
            try_to_enter(PASSWORD)
        assert try_to_enter(PASSWORD, ip="198.51.100.1") == ana


class TestPasswordLink:
    def link(self) -> tuple[str, str]:
        link = identity.set_password_link(
            email="ana@padaria.example", base_url="https://padaria.example"
        )
        assert link.startswith("https://padaria.example/entrar/senha/")
        uid, token = link.rstrip("/").split("/")[-2:]
        return uid, token

    def test_sets_the_password_once(self, ana):
        uid, token = self.link()

        services.choose_password(uid=uid, token=token, password="a nova frase secreta")

        assert try_to_enter("a nova frase secreta") == ana
        with pytest.raises(LinkExpired):
            services.choose_password(uid=uid, token=token, password="outra frase qualquer")

    @pytest.mark.parametrize("uid", ["", "xx", "AAAA", "MTIz"])
    def test_of_nobody_is_expired(self, ana, uid):
        with pytest.raises(LinkExpired):
            services.person_of_link(uid=uid, token=self.link()[1])

    def test_of_another_person_is_expired(self, ana):
        a_person("bia@padaria.example")
        bia = identity.set_password_link(email="bia@padaria.example", base_url="")
        with pytest.raises(LinkExpired):
            services.person_of_link(uid=bia.split("/")[-3], token=self.link()[1])
