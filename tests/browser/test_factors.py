"""Passkeys and codes as a person meets them: in a browser, with an authenticator.

What is needed is made before the browser starts: it has a connection to the database of its own.
"""

import re

import pytest

from alicerce.apps.identity.tests.factories import a_code_app, a_person_with
from tests.journeys.people import PASSWORD, code_of_phone

playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`")
expect = playwright.expect
ANA = "ana@padaria.example"


@pytest.fixture
def ana(server):
    return a_person_with(PASSWORD, ANA)


@pytest.fixture
def protected(ana):
    a_code_app(ana)
    return ana


def enter(page):
    page.goto("/entrar/")
    page.fill("[name=login]", ANA)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()


def keep_passkey(page, name="notebook"):
    page.goto("/conta/seguranca/chave/")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("button", name="Continuar").click()
    page.fill("[name=name]", name)
    page.press("[name=name]", "Enter")
    expect(page).to_have_url(re.compile("/conta/seguranca/codigos/"))


def leave(page):
    page.evaluate("document.querySelector('form[action=\"/sair/\"]').submit()")
    expect(page).to_have_url(re.compile(r":\d+/$"))


class TestPasskey:
    def test_is_kept_named_and_opens_the_account_without_a_password(self, ana, page):
        enter(page)
        keep_passkey(page)
        leave(page)

        page.goto("/entrar/")  # the browser offers the passkey by itself, and it says yes
        expect(page).not_to_have_url(re.compile("/entrar/"))

        page.goto("/conta/seguranca/")
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name="notebook"))
        expect(row).not_to_contain_text("Nunca")

    def test_stands_as_second_factor_after_a_password(self, ana, page):
        enter(page)
        keep_passkey(page)
        leave(page)
        page.add_init_script(
            "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
        )

        enter(page)
        expect(page).to_have_url(re.compile("/entrar/segundo-fator/"))
        page.get_by_role("button", name="Usar a chave de acesso").click()

        expect(page).not_to_have_url(re.compile("/entrar/"))
        page.goto("/conta/")
        expect(page.get_by_role("heading", name="Sua conta")).to_be_visible()

    def test_says_that_it_needs_a_name_where_the_address_is_a_number(self, ana, page):
        page.goto("/entrar/")
        by_number = re.sub("//localhost", "//127.0.0.1", page.url)
        page.route(by_number, lambda route: route.fulfill(response=route.fetch(url=page.url)))

        page.goto(by_number)
        page.get_by_role("button", name="biometria").click()

        expect(page.get_by_role("alert")).to_contain_text("só funcionam num endereço com nome")

    def test_lets_a_sensitive_action_pass(self, ana, page):
        enter(page)
        keep_passkey(page)

        page.goto("/conta/seguranca/")
        page.get_by_role("link", name="Remover").click()
        page.get_by_role("button", name="Usar a chave de acesso").click()
        page.get_by_label("Digite notebook para confirmar").fill("celular")
        page.get_by_role("button", name="Remover chave").click()
        expect(page.locator("small.err", has_text="O nome não confere.")).to_be_visible()
        page.get_by_label("Digite notebook para confirmar").fill("notebook")
        page.get_by_role("button", name="Remover chave").click()

        expect(page).to_have_url(re.compile("/conta/seguranca/$"))
        expect(page.get_by_role("link", name="notebook")).to_have_count(0)


class TestCodeApp:
    def test_is_put_on_from_the_key_on_the_page_and_asked_for_next_time(self, ana, page):
        enter(page)
        page.goto("/conta/seguranca/aplicativo/")
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Continuar").click()
        page.get_by_role("button", name="Continuar").click()
        secret = page.locator(".copy-row .mono").inner_text()
        page.fill("[name=code]", code_of_phone(secret))
        page.get_by_role("button", name="Ativar aplicativo").click()
        expect(page).to_have_url(re.compile("/conta/seguranca/codigos/"))
        leave(page)

        enter(page)
        page.fill("[name=code]", code_of_phone(secret, periods_ahead=1))
        page.get_by_role("button", name="Entrar").click()

        expect(page).not_to_have_url(re.compile("/entrar/"))

    def test_code_that_is_wrong_is_said_to_be(self, protected, page):
        enter(page)

        page.fill("[name=code]", "999999")
        page.get_by_role("button", name="Entrar").click()

        expect(page.locator("small.err", has_text="O código não confere.")).to_be_visible()
