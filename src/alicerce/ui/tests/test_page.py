"""A page is whole, or only the region that asked."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.tests.shells import SHELLS
from alicerce.ui.texts import Badge


@pytest.fixture(autouse=True)
def shells(settings):
    settings.UI_SHELLS = SHELLS


def a_page(shell="client", **facts):
    region = LiveRegion("ativacao", "/pedidos/1/", 5, [Card(["Criando a conta"])])
    return Page("Pedido 1", shell, [region, "Fora"], **facts)


def get(page, **headers):
    return render_page(RequestFactory().get("/pedidos/1/?a=1", headers=headers), page)


class TestRenderPage:
    @pytest.mark.parametrize("shell", ["client", "console", "site", "bare"])
    def test_every_shell_has_one_title_a_way_in_and_a_language(self, shell):
        html = get(a_page(shell)).content.decode()
        assert html.count("<h1") == 1
        assert 'href="#conteudo"' in html
        assert 'id="conteudo"' in html
        assert '<html lang="pt-BR">' in html
        assert "Nuvem &lt;Sul&gt;" in html

    def test_a_poll_gets_only_its_region(self):
        html = get(a_page(), hx_request="true", hx_target="div#ativacao").content.decode()
        assert html.startswith('<div class="region" id="ativacao"')
        assert "Fora" not in html

    def test_a_poll_brings_the_badge_of_the_title_along(self):
        page = a_page(badge=Badge("ok", "Ativo"))
        html = get(page, hx_request="true", hx_target="div#ativacao").content.decode()
        assert 'id="estado" aria-live="polite" hx-swap-oob="innerHTML"' in html
        assert "hx-swap-oob" not in get(page).content.decode()

    def test_a_page_that_refreshes_has_its_badge_once(self):
        page = Page("Painel", "console", ["x"], badge=Badge("ok", "Ativo"), refresh=10)
        html = get(page, hx_request="true", hx_target="div#pagina").content.decode()
        assert html.count('id="estado"') == 1

    def test_a_region_that_is_gone_sends_the_browser_to_the_page(self):
        response = get(Page("Pago", "client", []), hx_request="true", hx_target="div#ativacao")
        assert response.headers["HX-Redirect"] == "/pedidos/1/?a=1"
        assert response.content == b""

    def test_a_page_that_refreshes_is_one_region(self):
        html = get(
            Page("Painel", "console", ["x"], refresh=10),
            hx_request="true",
            hx_target="div#pagina",
        )
        assert 'hx-get="/pedidos/1/?a=1"' in html.content.decode()

    def test_scripts_for_polling_come_only_where_something_polls(self):
        assert "htmx.min" in get(a_page()).content.decode()
        assert "htmx.min" not in get(Page("Quieta", "client", ["x"])).content.decode()

    def test_a_wrong_form_answers_422(self):
        assert get(a_page(status=422)).status_code == 422

    def test_forms_inside_carry_a_token_that_django_accepts(self):
        html = get(Page("x", "client", [PostButton(Button("Tentar"), "/x")])).content.decode()
        assert (
            html.count('name="csrfmiddlewaretoken"') == 2
        )  # this one and the one that signs out

    def test_the_console_shows_the_trail_in_its_bar_only(self):
        html = get(
            a_page("console", breadcrumbs=[Crumb("Operação", "/admin/"), Crumb("Pedido 1")])
        )
        assert html.content.decode().count('class="crumbs"') == 1


class TestErrorPages:
    @pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
    def test_stand_without_request_or_database(self, name):
        html = render_to_string(f"{name}.html")
        assert html.count("<h1>") == 1
        assert 'href="/"' in html
