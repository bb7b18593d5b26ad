"""The documentation of the API: open to everybody, and true."""

import re

import pytest
from django.urls import reverse

from alicerce.surfaces.api.document import document


class TestDocs:
    @pytest.mark.parametrize("name", ["start", "reference", "errors", "news"])
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
