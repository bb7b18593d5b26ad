"""The first day of somebody new: from an account to a company, a team, a program with a key."""

import re
from urllib.parse import urlsplit

import pytest

from alicerce.apps.customers.public import make_findable
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.identity.tests.factories import a_person_with
from alicerce.apps.notify.ports import mailers
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_member, a_tenant
from alicerce.kernel.testing import run_jobs
from tests.browser.conftest import with_authenticator
from tests.journeys.people import PASSWORD

playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`")
expect = playwright.expect
RUI, BIA, ANA = "rui@horizonte.example", "bia@horizonte.example", "ana@padaria.example"
CODE, INVITATION = r"[A-Z0-9]{4}-[A-Z0-9]{4}", r"http\S+/convites/\S+"
CALL = """([path, key, sent]) => fetch(path, {
    method: sent ? "POST" : "GET",
    headers: {
        "Authorization": `Bearer ${key}`,
        ...(sent && {"Content-Type": "application/json", "Idempotency-Key": "first"}),
    },
    body: sent && JSON.stringify(sent),
}).then(async (answer) => [answer.status, await answer.json()])"""

PALETTE = """() => {
    const palette = document.querySelector("command-palette");
    const options = [...palette.querySelectorAll("[role=listbox] a")];
    return [
        options.filter((option) => option.id).map((option) => option.id),
        options.filter((option) => option.checkVisibility()).length,
        palette.querySelector("input").getAttribute("aria-activedescendant"),
    ];
}"""


@pytest.fixture
def platform(server, settings):
    """The platform's own address, beside Padaria's; who works for a company needs a second factor."""
    settings.STAFF_NEEDS_FACTOR = True
    address = f"http://platform.localhost:{urlsplit(server).port}"
    root = a_tenant("raiz", is_root=True)
    Host.objects.create(
        domain="platform.localhost", tenant_id=root.id, base_url=address, is_primary=True
    )
    return address


class Postbox:
    """Keeps what would have gone out."""

    def __init__(self):
        self.letters = []

    def deliver(self, letter):
        self.letters.append(letter)


@pytest.fixture
def post(aside, monkeypatch):
    """What was last written to somebody, once the jobs ran."""
    box = Postbox()
    monkeypatch.setitem(mailers, "smtp", box)

    def read(email, pattern):
        aside(run_jobs)
        text = [letter.text for letter in box.letters if letter.to == email][-1]
        return re.search(pattern, text).group()

    return read


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def keep_passkey(page):
    page.get_by_role("link", name="Nova chave").click()
    page.fill("[name=password]", PASSWORD)
    press(page, "Continuar")
    press(page, "Continuar")
    press(page, "Guardar chave neste aparelho")
    page.get_by_role("link", name="Já guardei").click()


class TestSomebodyNew:
    def test_opens_a_company_and_asks_a_colleague_in(self, platform, post, page):
        page.goto(platform)
        page.get_by_role("link", name="Abrir uma conta").click()
        page.fill("[name=name]", "Rui Tavares")
        page.fill("[name=email]", RUI)
        page.fill("[name=password1]", PASSWORD)
        press(page, "Continuar")
        page.wait_for_url("**/cadastro/codigo/")
        page.fill("[name=code]", post(RUI, CODE))
        press(page, "Confirmar")
        expect(page.get_by_role("heading", name="Suas empresas")).to_be_visible()

        page.goto(f"{platform}/conta/seguranca/")
        keep_passkey(page)
        open_company(page)
        invite(page, BIA)

        with_colleague = page.context.browser.new_context(locale="pt-BR").new_page()
        with_authenticator(with_colleague)
        accept(with_colleague, post(BIA, INVITATION))


def open_company(page):
    page.get_by_role("main").get_by_role("link", name="Abrir empresa").first.click()
    page.fill("[name=name]", "Horizonte")
    page.fill("[name=legal_name]", "Horizonte Ltda")
    page.fill("[name=document]", "11.444.777/0001-61")
    page.fill("[name=city]", "Recife")
    page.fill("[name=slug]", "horizonte")
    page.get_by_role("main").get_by_role("button", name="Abrir empresa").click()
    expect(page.get_by_role("heading", name="Horizonte", exact=True)).to_be_visible()


def invite(page, email):
    page.get_by_role("navigation").get_by_role("link", name="Equipe").first.click()
    page.get_by_role("link", name="Convidar pessoa").click()
    page.fill("[name=email]", email)
    page.select_option("[name=role]", label="Financeiro")
    press(page, "Enviar convite")
    expect(page.get_by_text("Aguarda resposta")).to_be_visible()


def accept(page, invitation):
    page.goto(invitation)
    page.fill("[name=name]", "Bia Nunes")
    press(page, "Criar conta e aceitar")
    page.locator("[type=password]").first.fill(PASSWORD)
    press(page, "Salvar senha")
    expect(page.get_by_text("Falta um passo.")).to_be_visible()
    keep_passkey(page)

    rail = page.get_by_role("navigation").first
    expect(rail.get_by_role("link", name="Clientes")).to_be_visible()
    expect(rail.get_by_role("link", name="Equipe")).to_have_count(0)


@pytest.fixture
def ana(server, tenant):
    person = a_person_with(PASSWORD, ANA)
    a_member(tenant, person, "owner")
    carla = a_customer(name="Carla Prado")
    make_findable(customer_id=carla.id, texts=[carla.name], origin="profile")
    return person


class TestAnOwner:
    def test_gives_a_program_a_key_and_takes_it_back(self, ana, page):
        enter(page)
        secret = make_key(page, "customers:read", "customers:create")
        sent = {"name": "Renata", "email": "renata@example.com", "document": "529.982.247-25"}
        _status, made = call(page, "customers", secret, sent)

        assert call(page, "customers", secret, sent) == [201, made]
        assert call(page, "customers?limit=1", secret)[1]["data"][0]["id"] == made["id"]
        assert call(page, "invoices", secret)[0] == 403

        page.get_by_role("link", name="Já guardei").click()
        page.get_by_role("link", name="Loja").click()
        page.get_by_role("main").get_by_text("Revogar chave", exact=True).first.click()
        prove(page, "Revogar chave")
        expect(page.get_by_text("Revogada")).to_be_visible()
        assert call(page, "me", secret)[0] == 401

    def test_finds_a_customer_from_the_keyboard(self, ana, page):
        enter(page)
        page.keyboard.press("Control+k")
        page.keyboard.type("carla")
        page.get_by_role("option", name="Carla Prado").first.click()

        expect(page).to_have_url(re.compile("/app/clientes/"))
        expect(page.get_by_role("heading", name="Carla Prado")).to_be_visible()

    def test_is_told_of_no_option_that_is_hidden(self, ana, page):
        enter(page)
        page.keyboard.press("Control+k")

        for words in ("equip", "clie", "nada disto"):
            page.locator("command-palette input").fill(words)
            ids, shown, told = page.evaluate(PALETTE)
            assert len(ids) == len(set(ids)) == shown
            assert told == ("opcao-0" if shown else None)


def enter(page):
    page.goto("/entrar/?next=/app/")
    page.fill("[name=login]", ANA)
    page.fill("[name=password]", PASSWORD)
    press(page, "Entrar")
    expect(page).to_have_url(re.compile("/app/$"))
    page.wait_for_load_state()


def prove(page, button):
    """Who one is, and then what will happen."""
    page.fill("[name=password]", PASSWORD)
    press(page, "Continuar")
    press(page, button)


def make_key(page, *scopes):
    page.goto("/app/desenvolvedores/chaves/nova/")
    page.fill("[name=name]", "Loja")
    page.check("[name=mode][value=live]")
    for scope in scopes:
        page.check(f"[name='{scope}']")
    press(page, "Criar chave")
    prove(page, "Criar chave")
    return page.get_by_text(re.compile("^sk_live_")).inner_text()


def call(page, path, key, sent=None):
    return page.evaluate(CALL, [f"/v1/{path}", key, sent])
