"""The documentation of the API: open to everybody, and true."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from alicerce.apps.endpoints.rules import schedule, signing
from alicerce.apps.endpoints.rules.catalog import offered
from alicerce.kernel.clock import now
from alicerce.surfaces.api.application import operations_by_path
from alicerce.surfaces.api.document import document
from alicerce.surfaces.api.languages import messages
from alicerce.surfaces.docs import webhook_snippets as snippets

EXAMPLE = Path(__file__).parents[4] / "examples" / "webhook_receiver.py"


class TestDocs:
    @pytest.mark.parametrize("name", ["start", "reference", "webhooks", "errors", "news"])
    def test_are_open_to_everybody(self, stranger, name):
        assert stranger.get(reverse(f"docs:{name}")).status_code == 200

    def test_show_the_company_s_own_address(self, stranger):
        assert "curl http://testserver/v1/me" in stranger.get("/docs/").text

    def test_serve_the_document(self, stranger):
        assert stranger.get("/docs/openapi.json").json() == document()

    def test_explain_every_code_an_answer_may_have(self, stranger):
        page = stranger.get("/docs/erros/").text

        told = set(re.findall(r"Recusado: ([^\"]+)", stranger.get("/docs/openapi.json").text))
        codes = {code for line in told for code in re.findall(r"`(\w+)`", line)}
        assert [code for code in sorted(codes) if f'id="{code}"' not in page] == []

    def test_keep_inline_styles_to_the_reference(self, stranger):
        loose = [
            path
            for path in ("/docs/", "/docs/erros/", "/docs/referencia/")
            if "'unsafe-inline'" in stranger.get(path).headers["Content-Security-Policy"]
        ]

        assert loose == ["/docs/referencia/"]
        policy = stranger.get("/docs/referencia/").headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy + ";"

    def test_tell_in_the_news_of_every_resource(self, stranger):
        page = stranger.get("/docs/novidades/").text
        resources = {path.split("/")[1] for path in operations_by_path()}

        assert [one for one in sorted(resources) if f"/v1/{one}" not in page] == []


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "url"),
        [
            ("listar clientes", "/docs/referencia/#tag/Customers/operation/listCustomers"),
            ("members:write convidar", "#tag/Team/operation/createInvitation"),
            ("idempotency_key_reused", "/docs/erros/#idempotency_key_reused"),
            ("fatura paga", "/docs/webhooks/#invoice.paid"),
            ("pkce", "/docs/aplicativos/"),
        ],
    )
    def test_finds_what_is_called_or_said_so(self, stranger, words, url):
        assert f'{url}"' in stranger.get("/docs/busca/", {"q": words}).text

    def test_is_within_reach_of_the_reference(self, stranger):
        for page in ("/docs/", "/docs/referencia/"):
            text = stranger.get(page).text
            assert 'action="/docs/busca/"' in text
            assert "Buscar</button>" in text

    def test_says_so_when_there_is_nothing(self, stranger):
        assert "Nada encontrado" in stranger.get("/docs/busca/?q=zzzz").text


class TestWebhookGuide:
    @pytest.fixture
    def page(self, stranger):
        return unescape(stranger.get("/docs/webhooks/").text)

    def test_shows_every_event_with_its_words_and_a_sample(self, page):
        for event in offered():
            assert str(event.description) in page
            assert json.dumps(event.example, ensure_ascii=False, indent=2) in page

    def test_tells_the_attempts_that_are_made(self, page):
        assert len(schedule.AGAIN.delays) == 9
        for told in (
            "na hora",
            "5 s",
            "5 min",
            "30 min",
            "2 h",
            "5 h",
            "10 h",
            "14 h",
            "20 h",
            "24 h",
        ):
            assert f"{told}<" in page.replace("\xa0", " "), told

    def test_begins_with_a_call_to_the_companys_own_address(self, page):
        assert "curl http://testserver/v1/webhooks " in page

    def test_names_only_operations_that_exist(self, page):
        known = {re.sub(r"{[^}]+}", "*", path) for path in operations_by_path()}
        asked = set(re.findall(r"testserver/v1(/[\w/$-]+)", page))

        assert {re.sub(r"\$[A-Z]+", "*", path) for path in asked} - known == set()

    def test_shows_the_receiver_of_the_examples(self, page):
        assert EXAMPLE.read_text(encoding="utf-8") == snippets.RECEIVER
        assert snippets.RECEIVER in page

    def test_shows_a_sender_that_the_receiver_believes(self, tmp_path):
        secret = signing.new_secret()
        (tmp_path / "curl").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
        (tmp_path / "curl").chmod(0o755)
        sent = subprocess.run(
            ["bash", "-c", snippets.SEND_YOURSELF],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin", "SECRET": secret},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        headers = dict(line.split(": ", 1) for line in sent if line.startswith("webhook-"))

        receiver: dict = {"__name__": "receiver"}
        exec(snippets.RECEIVER, receiver)  # noqa: S102 - what the page tells people to run
        body = sent[sent.index("-d") + 1].encode()
        assert receiver["verify"](secret, headers, body)["type"] == "invoice.paid"
        assert abs(int(headers["webhook-timestamp"]) - now().timestamp()) < 60


class TestReference:
    def test_is_told_in_the_readers_language(self, stranger):
        theirs = stranger.get("/docs/openapi.json?idioma=en").json()
        ours = stranger.get("/docs/openapi.json").json()

        told = theirs["paths"]["/v1/customers"]["get"]
        assert told["summary"] == "List customers"
        assert "Asks for the permission `customers:read`." in told["description"]
        assert ours["paths"]["/v1/customers"]["get"]["summary"] == "Listar clientes"
        assert [*theirs["paths"]] == [*ours["paths"]]

    def test_leaves_nothing_in_portuguese(self, stranger):
        theirs = messages(stranger.get("/docs/openapi.json?idioma=en").json())
        ours = messages(stranger.get("/docs/openapi.json").json())

        assert theirs & ours == {"Webhooks"}

    def test_asks_for_the_language_of_its_page(self, stranger):
        page = stranger.get("/docs/referencia/", headers={"accept-language": "en"}).text

        assert "/docs/openapi.json?idioma=en" in page
        assert "redoc" in page
