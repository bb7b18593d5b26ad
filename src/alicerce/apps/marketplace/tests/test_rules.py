"""Which addresses an app may be answered at."""

import pytest

from alicerce.apps.marketplace import rules

BACK = "https://app.example/volta"


class TestRedirectUri:
    @pytest.mark.parametrize(
        "uri",
        [
            BACK,
            "https://app.example:8443/volta?x=1",
            "https://xn--po-hia.example/",
            "http://127.0.0.1/volta",
            "http://127.0.0.1:9000/volta",
            "http://[::1]/volta",
            "http://localhost:3000/volta",
        ],
    )
    def test_is_https_or_ones_own_machine(self, uri):
        assert rules.is_redirect_uri(uri)

    @pytest.mark.parametrize(
        "uri",
        [
            "",
            "volta",
            "//app.example/volta",
            "http://app.example/volta",
            "http://127.0.0.1.example/volta",
            "https://app/volta",
            "https://App.example/volta",
            "https://app.example./volta",
            "https://app.example/volta#parte",
            "https://app.example/#",
            "https://*.example/volta",
            "https://ana@app.example/volta",
            "https://app.example\\.evil.example/",
            "https://app.example/com espaço",
            "https://app.example/\r\nX: y",
            "https://app.example:porta/",
            "https://pão.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "app.fluxo:/volta",
            "http://[::1].evil.example/volta",
            "http://[::1]evil.example/volta",
            "http://evil.example[::1]/volta",
            "http://[0:0:0:0:0:0:0:1]/volta",
            "http://[::0001]/volta",
            "http://[::ffff:127.0.0.1]/volta",
            "http://[::1%25eth0]/volta",
            "http://[::1]:/volta",
            "http://[::1]:0/volta",
            "http://[::1]:080/volta",
            "http://[::1]:99999/volta",
            "http://LOCALHOST/volta",
            "http://127.0.0.1:/volta",
            "https://[::1]/volta",
            BACK + "x" * 2000,
        ],
    )
    def test_is_nothing_else(self, uri):
        assert not rules.is_redirect_uri(uri)


class TestLeadsTo:
    @pytest.mark.parametrize(
        ("registered", "given"),
        [
            (BACK, BACK),
            ("http://127.0.0.1/volta", "http://127.0.0.1:51004/volta"),
            ("http://127.0.0.1:1/volta", "http://127.0.0.1:2/volta"),
            ("http://[::1]/volta", "http://[::1]:51004/volta"),
        ],
    )
    def test_the_same_address(self, registered, given):
        assert rules.leads_to(registered, given)

    @pytest.mark.parametrize(
        ("registered", "given"),
        [
            (BACK, BACK + "/"),
            (BACK, BACK + "?x=1"),
            (BACK, BACK.replace("volta", "%76olta")),
            (BACK, "https://app.example:8443/volta"),
            (BACK, "http://app.example/volta"),
            ("http://127.0.0.1/volta", "http://127.0.0.1:51004/outra"),
            ("http://127.0.0.1/volta", "http://127.0.0.1:51004/volta?x=1"),
            ("http://127.0.0.1/volta", "http://localhost:51004/volta"),
            ("http://127.0.0.1/volta", "http://127.0.0.1:9@evil.example/volta"),
            ("http://localhost/volta", "http://localhost:51004/volta"),
            ("http://127.0.0.1/volta", "https://127.0.0.1/volta"),
            ("http://[::1]/volta", "http://[::1].evil.example/volta"),
            ("http://[::1].evil.example/volta", "http://[::1].evil.example/volta"),
            ("http://[::1]/volta", "http://[0:0:0:0:0:0:0:1]/volta"),
            ("http://[::1]/volta", "http://127.0.0.1/volta"),
        ],
    )
    def test_and_to_no_other(self, registered, given):
        assert not rules.leads_to(registered, given)
