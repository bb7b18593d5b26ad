"""Coming in through Google, played by a provider of OpenID Connect on loopback."""

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.identity.models import User
from alicerce.apps.identity.tests.factories import a_code_app, a_person, a_person_with
from tests.journeys.openid import CLIENT, SECRET, provider
from tests.journeys.people import PASSWORD, code_in_letter, enter, letters_to

ANA = "ana@padaria.example"
LEAVE, BACK = "/entrar/com/google/", "/entrar/com/google/volta/"


@pytest.fixture
def google(site, settings):
    with provider() as google:
        google.claims = {
            "sub": "1001",
            "email": ANA,
            "email_verified": True,
            "name": "Ana Moreira",
        }
        app = {
            "provider_id": "google",
            "name": "Google",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": google.address, "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield google


def come(client, google, address=LEAVE):
    """Away to the provider, and back."""
    return client.get(BACK, google.authorize(client.post(address).headers["Location"]))


def is_in(client):
    return client.get("/conta/").status_code == 200


class TestGoogle:
    def test_is_offered_at_the_entrance(self, google, client):
        assert "Entrar com Google" in client.get("/entrar/").content.decode()

    def test_makes_a_person_known(self, google, client):
        come(client, google)

        assert is_in(client)
        assert User.objects.get(email=ANA).name == "Ana Moreira"

    def test_opens_the_account_of_who_ordered_before(self, google, client):
        ana = a_person(ANA)

        come(client, google)

        assert is_in(client)
        assert User.objects.get().pk == ana.pk

    def test_leaves_nothing_to_who_opened_the_account_in_anothers_name(self, google, client):
        thief = a_person_with(PASSWORD, ANA)
        thief.emailaddress_set.update(verified=False)

        come(client, google)

        assert is_in(client)
        assert not User.objects.get(email=ANA).has_usable_password()

    def test_is_told_of_where_the_provider_does_not_answer(self, google, client, settings):
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["server_url"] = "http://127.0.0.1:1"

        answer = client.post(LEAVE, follow=True)

        assert answer.status_code == 401
        assert "Não foi possível entrar por ali" in answer.text

    def test_does_not_stand_for_the_second_factor(self, google, client):
        a_code_app(a_person_with(PASSWORD, ANA))

        answer = come(client, google)

        assert answer.headers["Location"] == "/entrar/segundo-fator/"
        assert not is_in(client)

    def test_vouches_for_no_email_that_it_did_not_verify(self, google, client):
        ana = a_person_with(PASSWORD, ANA)
        google.claims |= {"email_verified": False}

        come(client, google)

        assert not is_in(client)
        assert not ana.socialaccount_set.exists()

    def test_is_connected_from_ones_own_account(self, google, client):
        bia = a_person_with(PASSWORD, "bia@padaria.example")
        enter(client, bia.email)
        asked = client.get("/conta/conexoes/nova/google/").headers["Location"]
        client.post(client.post(asked, {"password": PASSWORD}).headers["Location"])

        come(client, google, f"{LEAVE}?process=connect")

        assert ANA in client.get("/conta/conexoes/").content.decode()
        assert bia.socialaccount_set.count() == 1

    @pytest.mark.parametrize(
        ("query", "form"), [("?process=connect", {}), ("", {"process": "connect"})]
    )
    def test_is_not_connected_by_who_only_holds_a_session(self, google, client, query, form):
        bia = a_person_with(PASSWORD, "bia@padaria.example")
        enter(client, bia.email)

        answer = client.post(f"{LEAVE}{query}", form)

        assert answer.headers["Location"] == "/conta/conexoes/nova/google/"
        assert not bia.socialaccount_set.exists()

    def test_refuses_an_answer_that_was_not_asked_for(self, google, client):
        answer = client.get(BACK, {"code": "code", "state": "invented"})

        assert answer.headers["Location"] == "/entrar/nao-foi/"
        assert client.get("/entrar/nao-foi/").status_code == 401

    def test_refuses_a_code_taken_from_another_browser(self, google, client):
        back = google.authorize(client.post(LEAVE).headers["Location"])
        google.challenges["code"] = "of another browser"

        answer = client.get(BACK, back)

        assert answer.headers["Location"] == "/entrar/nao-foi/"
        assert not is_in(client)

    def test_is_not_left_for_by_a_link(self, google, client):
        assert client.get(LEAVE).status_code == 405


class TestProof:
    """Of who came by Google alone: no password to ask for, no factor yet."""

    COPY = "/conta/privacidade/copia/"

    @pytest.fixture
    def proving(self, google, client):
        come(client, google)
        return client.get(self.COPY).headers["Location"]

    def sent(self, client, proving):
        client.post(proving, {"enviar": "1"})
        return code_in_letter(ANA)

    def test_asks_for_no_password_that_nobody_has(self, client, proving):
        page = client.get(proving).text

        assert "Enviar código por e-mail" in page
        assert 'name="password"' not in page
        assert "proof_code" not in [template for template, _ in letters_to(ANA)]

    def test_is_a_code_to_the_mailbox(self, client, proving):
        code = self.sent(client, proving)

        confirming = client.post(proving, {"code": f" {code.lower()} "}).headers["Location"]

        assert "O que vai acontecer" in client.get(confirming).text
        assert client.post(confirming).status_code == 302
        assert Entry.objects.get(action="approval.proven").after["by"] == "mailbox"

    def test_is_guessed_three_times_and_no_more(self, client, proving):
        code = self.sent(client, proving)

        wrong = [client.post(proving, {"code": f"WRONG{n}"}).status_code for n in range(3)]

        assert wrong == [422, 422, 422]
        assert client.post(proving, {"code": code}).status_code == 422

    def test_is_good_for_what_it_was_asked_for(self, client, proving):
        code = self.sent(client, proving)
        other = client.get("/conta/privacidade/apagar/confirmar/").headers["Location"]

        assert client.post(other, {"code": code}).status_code == 422
        assert (
            "Este código já foi usado" in client.post(proving, {"code": code}).text
        )  # good for one try
        assert not Entry.objects.filter(action="approval.proven").exists()

    def test_is_the_password_of_who_chose_one(self, client, proving):
        ana = User.objects.get(email=ANA)
        ana.set_password(PASSWORD)
        ana.save()
        client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
        asked = client.get(self.COPY).headers["Location"]

        assert 'name="password"' in client.get(asked).text
