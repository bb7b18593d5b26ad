"""What is said of an address."""

import ipaddress
import struct

import pytest
from django.utils.translation import override

from alicerce.ui.places import place_of

REGISTRO_BR = "200.160.2.3"
SAVASSI = {
    "city": {"names": {"en": "Belo Horizonte"}},
    "subdivisions": [{"names": {"en": "Minas Gerais State", "pt-BR": "Minas Gerais"}}],
    "country": {"iso_code": "BR", "names": {"en": "Brazil"}},
}
SINGAPORE = {
    "city": {"names": {"en": "Singapore", "pt-BR": "Singapura"}},
    "country": {"iso_code": "SG"},
}
EMPTY = b"\0" * 16


def _packed(value):
    """One value of a MaxMind DB: its type and size in front of it."""
    if isinstance(value, str):
        told = value.encode()
        return _head(2, len(told)) + told
    if isinstance(value, dict):
        return _head(7, len(value)) + b"".join(
            _packed(k) + _packed(v) for k, v in value.items()
        )
    if isinstance(value, list):
        return _head(11, len(value)) + b"".join(map(_packed, value))
    return _head(6, 4) + struct.pack(">I", value)


def _head(kind, size):
    size, more = (size, b"") if size < 29 else (29, bytes([size - 29]))
    return bytes([kind << 5 | size]) + more if kind < 8 else bytes([size, kind - 7]) + more


def a_list_of_places(path, places):
    """A MaxMind DB in which each network has its place: a tree of bits, then what hangs in it."""
    nodes, hung = [[None, None]], b""
    for network, place in places.items():
        block = ipaddress.ip_network(network)
        bits = f"{int(block.network_address):032b}"[: block.prefixlen]
        at = 0
        for bit in bits[:-1]:
            if nodes[at][int(bit)] is None:
                nodes[at][int(bit)] = len(nodes)
                nodes.append([None, None])
            at = nodes[at][int(bit)]
        nodes[at][int(bits[-1])] = ("place", len(hung))
        hung += _packed(place)
    tree = b"".join(_pointer(side, len(nodes)) for node in nodes for side in node)
    told = {
        "node_count": len(nodes),
        "record_size": 32,
        "ip_version": 4,
        "database_type": "Places",
        "languages": ["en", "pt-BR"],
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": 0,
        "description": {"en": "places"},
    }
    path.write_bytes(tree + EMPTY + hung + b"\xab\xcd\xefMaxMind.com" + _packed(told))
    return path


def _pointer(side, count):
    if side is None:
        return struct.pack(">I", count)
    return struct.pack(">I", side if isinstance(side, int) else count + 16 + side[1])


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

    @pytest.mark.parametrize("address", ["203.0.113.7", "0.0.0.1", "100.64.0.1", "2001:db8::1"])
    def test_that_nobody_knows_is_not_made_up(self, address):
        assert place_of(address) == "lugar desconhecido"

    @pytest.mark.parametrize("address", ["172.32.0.256", "", "x"])
    def test_of_what_is_no_address_is_nothing(self, address):
        assert place_of(address) == ""


class TestPlaceByAFile:
    def test_is_city_state_and_country_in_the_readers_language(self, settings, tmp_path):
        places = {"203.0.113.0/24": SAVASSI, "198.51.100.0/25": SINGAPORE}
        settings.PLACES_FILE = a_list_of_places(tmp_path / "places.mmdb", places)

        assert place_of("203.0.113.7") == "Belo Horizonte, Minas Gerais, Brasil"
        assert place_of("198.51.100.7") == "Singapura"
        with override("en"):
            assert place_of("203.0.113.7") == "Belo Horizonte, Minas Gerais State, Brazil"

    def test_is_the_country_where_the_file_does_not_know(self, settings, tmp_path):
        places = {"203.0.113.0/24": SAVASSI}
        settings.PLACES_FILE = a_list_of_places(tmp_path / "places.mmdb", places)

        assert place_of(REGISTRO_BR) == "Brasil"
        assert place_of("2001:12ff:0:2::3") == "Brasil"
        assert place_of("10.0.0.8") == "rede local"

    @pytest.mark.parametrize(
        "odd",
        [
            {"city": {"names": 7}, "subdivisions": 7, "country": {"iso_code": ["BR"]}},
            {"city": {"names": ["x"]}, "subdivisions": {"names": "x"}, "country": 7},
            {"city": "x", "subdivisions": [7], "country": {"iso_code": 7}},
        ],
    )
    def test_is_the_country_where_the_file_says_something_odd(self, settings, tmp_path, odd):
        places = {"200.160.2.0/24": odd}
        settings.PLACES_FILE = a_list_of_places(tmp_path / "places.mmdb", places)

        assert place_of(REGISTRO_BR) == "Brasil"

    def test_breaks_no_page_whatever_is_in_the_file(self, settings, tmp_path):
        whole = a_list_of_places(
            tmp_path / "whole.mmdb", {"200.160.2.0/24": SAVASSI}
        ).read_bytes()
        begins = whole.index(b"Belo") - 30
        for place in range(begins, begins + 60):
            for value in (0x08, 0x20, 0x2F, 0xE1, 0xFF):
                settings.PLACES_FILE = tmp_path / f"{place}-{value}.mmdb"
                settings.PLACES_FILE.write_bytes(
                    whole[:place] + bytes([value]) + whole[place + 1 :]
                )
                assert isinstance(place_of(REGISTRO_BR), str)

    def test_is_the_country_where_the_file_is_none(self, settings, tmp_path):
        settings.PLACES_FILE = tmp_path / "broken.mmdb"
        settings.PLACES_FILE.write_bytes(b"nothing")

        assert place_of(REGISTRO_BR) == "Brasil"
