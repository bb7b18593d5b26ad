"""Hosts, tokens and comparisons, by themselves."""

import pytest

from alicerce.apps.transfers import rules
from alicerce.apps.transfers.queries.words import WORDS, words
from alicerce.apps.transfers.tests.doubles import FACTS
from alicerce.apps.transfers.tests.factories import a_source
from alicerce.apps.transfers.types import BLOCKING, CAUTIONS, Code, Destination, Said

HOME = Destination("padaria.com.br", "padar001", host_names=("br1.example", "192.0.2.1"))


def found(*, source=None, facts=FACTS, home=HOME):
    return [said.code for said in rules.findings(source or a_source(), facts, home)]


class TestHosts:
    @pytest.mark.parametrize("host", ["cpanel.antiga.com.br", "203.0.113.7", "a"])
    def test_are_bare(self, host):
        assert rules.is_bare_host(host)

    @pytest.mark.parametrize(
        "host", ["", "a b", "https://a", "a/b", "a:2087", "u@a", "[::1]", "a?x", "a#x", "a\\b"]
    )
    def test_are_not(self, host):
        assert not rules.is_bare_host(host)


class TestFindings:
    def test_are_none_when_all_is_well(self):
        assert found() == []

    def test_know_the_destination_itself(self):
        source = a_source(host="BR1.example", username="padar001")
        assert found(source=source) == [Code.ALREADY_HERE]

    def test_compare_bytes(self):
        exact = Destination("padaria.com.br", "x", disk_limit=FACTS.disk_used)
        short = Destination("padaria.com.br", "x", disk_limit=FACTS.disk_used - 1)
        assert (found(home=exact), found(home=short)) == ([], [Code.DISK_TOO_SMALL])


class TestWords:
    def test_exist_for_every_code(self):
        assert set(WORDS) == set(Code)
        assert not BLOCKING.keys() & CAUTIONS.keys()

    def test_say_sizes_and_names_as_people_do(self):
        said = Said(
            Code.ACCOUNT_SEEN, {"domain": "xn--po-sia.com.br", "plan": "pro", "used": "1048576"}
        )
        assert words(said).replace("\xa0", " ") == (
            "Conta encontrada: pão.com.br, plano pro, 1,0 MB em disco."
        )
