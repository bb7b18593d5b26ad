"""Names, choices and patience."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.types import Seat, Strategy

LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=63)
DOMAINS = st.builds("{}.com.br".format, LABEL)
CHANCES = st.floats(min_value=0, max_value=1, exclude_max=True)
SEATS = st.lists(
    st.builds(
        Seat,
        server_id=st.uuids(),
        name=st.text("abcdef0123456789-", min_size=1, max_size=8),
        accounts=st.integers(0, 500),
        max_accounts=st.integers(0, 500),
        licence_limit=st.integers(0, 300),
        licence_used=st.integers(0, 300),
    ),
    max_size=8,
)
SERVICE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


def a_seat(name: str = "sp-01", **given: int) -> Seat:
    facts = {"accounts": 10, "max_accounts": 100, "licence_limit": 0, "licence_used": 0}
    return Seat(server_id=SERVICE, name=name, **{**facts, **given})


class TestUsername:
    @given(domain=DOMAINS, service=st.uuids(), candidate=st.integers(0, 60_000))
    def test_is_valid_and_always_the_same(self, domain, service, candidate):
        names = {
            rules.username(domain=domain, service_id=service, candidate=candidate)
            for _ in range(2)
        }

        assert len(names) == 1
        name = names.pop()
        assert rules.is_valid_username(name)
        assert len(name) <= rules.USERNAME_LENGTH

    def test_looks_like_the_domain(self):
        name = rules.username(domain="padaria.com.br", service_id=SERVICE, candidate=0)

        assert name.startswith("padar")
        assert len(name) == 8

    def test_is_never_what_cpanel_refuses(self):
        for domain in ("123.com.br", "teste.com.br", "7test.com.br", "---.com.br"):
            name = rules.username(domain=domain, service_id=SERVICE, candidate=0)
            assert name.startswith("site")

    def test_has_other_candidates(self):
        names = {
            rules.username(domain="padaria.com.br", service_id=SERVICE, candidate=n)
            for n in range(50)
        }

        assert len(names) > 45


class TestChoice:
    def test_least_full_prefers_the_emptiest(self):
        seats = [a_seat("a", accounts=50), a_seat("b", accounts=20, max_accounts=400)]

        order = rules.in_order_of_choice(seats, strategy=Strategy.LEAST_FULL)

        assert [seat.name for seat in order] == ["b", "a"]

    def test_fill_first_prefers_the_one_that_closes_soonest(self):
        seats = [a_seat("a", accounts=50), a_seat("b", accounts=90)]

        order = rules.in_order_of_choice(seats, strategy=Strategy.FILL_FIRST)

        assert [seat.name for seat in order] == ["b", "a"]

    def test_a_spent_licence_is_a_full_server(self):
        seat = a_seat(licence_limit=30, licence_used=30)

        assert rules.in_order_of_choice([seat], strategy=Strategy.LEAST_FULL) == []

    @given(seats=SEATS, strategy=st.sampled_from(Strategy))
    def test_never_offers_a_full_server_and_hides_no_free_one(self, seats, strategy):
        order = rules.in_order_of_choice(seats, strategy=strategy)

        assert not any(seat.is_full for seat in order)
        assert len(order) == sum(not seat.is_full for seat in seats)


class TestRetryDelay:
    def test_has_a_fast_lane_and_a_slow_one(self):
        delays = [
            rules.retry_delay(attempt=n, chance=0.5, pace=1)
            for n in range(1, rules.MAX_ATTEMPTS)
        ]

        assert delays == [
            *(timedelta(seconds=s) for s in (4, 8, 16, 32)),
            timedelta(minutes=5),
            timedelta(minutes=15),
            timedelta(hours=1),
            timedelta(hours=4),
        ]

    def test_ends(self):
        assert rules.retry_delay(attempt=rules.MAX_ATTEMPTS, chance=0.5, pace=1) is None

    @given(attempt=st.integers(1, rules.MAX_ATTEMPTS - 1), chance=CHANCES)
    def test_spreads_by_a_quarter_at_most(self, attempt, chance):
        middle = rules.retry_delay(attempt=attempt, chance=0.5, pace=1)
        delay = rules.retry_delay(attempt=attempt, chance=chance, pace=1)

        assert middle is not None
        assert delay is not None
        assert middle * 0.74 <= delay <= middle * 1.26


class TestMayCreate:
    def test_the_first_time(self):
        assert rules.may_create(asked_before=False, absences=1)

    def test_again_only_after_several_absences(self):
        allowed = [rules.may_create(asked_before=True, absences=n) for n in range(1, 5)]

        assert allowed == [False, False, True, True]


class TestHost:
    @pytest.mark.parametrize(
        ("typed", "fault"),
        [
            ("sp-01.padaria.com.br", None),
            ("SP-01.Padaria.com.br", None),
            ("192.0.2.10", None),
            ("10.0.0.7", None),
            ("2001:db8::7", None),
            ("https://sp-01.padaria.com.br", "not_bare"),
            ("sp-01.padaria.com.br/cpanel", "not_bare"),
            ("root@sp-01.padaria.com.br", "not_bare"),
            ("sp-01.padaria.com.br?x", "not_bare"),
            ("sp 01.padaria.com.br", "not_bare"),
            ("sp-01.padaria.com.br:2087", "with_port"),
            ("sp-01", "no_name"),
            ("-sp.padaria.com.br", "no_name"),
            ("sp_01.padaria.com.br", "no_name"),
            ("pão.padaria.com.br", "no_name"),
            ("0x7f.1", "no_name"),
            ("127.1", "no_name"),
            ("2130706433", "no_name"),
            ("a" * 250 + ".com", "no_name"),
            ("", "no_name"),
            ("169.254.169.254", "local"),
            ("::ffff:169.254.169.254", "local"),
            ("fe80::1", "local"),
            ("fd00:ec2::254", "local"),
            ("100.100.100.200", "local"),
            ("0.0.0.0", "local"),  # noqa: S104 - nobody binds to it
            ("::", "local"),
            ("224.0.0.1", "local"),
            ("255.255.255.255", "local"),
            ("metadata.google.internal", "local"),
            ("sp-01.local", "local"),
        ],
    )
    @pytest.mark.parametrize("may_be_here", [False, True])
    def test_is_a_full_name_or_an_address_of_a_server(self, typed, fault, may_be_here):
        assert rules.host_fault(typed, may_be_here=may_be_here) == fault

    @pytest.mark.parametrize(
        "typed", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "localhost"]
    )
    def test_is_this_machine_only_where_simulators_live(self, typed):
        assert rules.host_fault(typed, may_be_here=True) is None
        assert rules.host_fault(typed, may_be_here=False) == "local"
