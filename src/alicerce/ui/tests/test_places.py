"""What is said of an address."""

import pytest
from django.utils.translation import override

from alicerce.ui.places import place_of

REGISTRO_BR = "200.160.2.3"


class TestPlace:
    @pytest.mark.parametrize(
        ("address", "place"),
        [
            (REGISTRO_BR, "Brasil"),
            (f"::ffff:{REGISTRO_BR}", "Brasil"),
            ("2001:12ff:0:2::3", "Brasil"),
            ("193.0.6.139", "Países Baixos"),
        ],
    )
    def test_is_a_country_in_the_readers_words(self, address, place):
        assert place_of(address) == place

    def test_is_said_in_the_readers_language(self):
        with override("en"):
            assert (place_of(REGISTRO_BR), place_of("10.1.2.3")) == ("Brazil", "local network")

    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "10.0.0.8", "172.31.255.255", "192.168.1.7", "::1", "fe80::1%eth0"],
    )
    def test_may_be_next_door(self, address):
        assert place_of(address) == "rede local"

    @pytest.mark.parametrize(
        "address",
        ["203.0.113.7", "0.0.0.1", "100.64.0.1", "172.32.0.256", "2001:db8::1", "", "x"],
    )
    def test_that_nobody_knows_is_not_made_up(self, address):
        assert place_of(address) == ""
