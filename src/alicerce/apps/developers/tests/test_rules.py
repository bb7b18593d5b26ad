"""What a key looks like, and when it opens."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from alicerce.apps.developers import rules
from alicerce.apps.developers.types import KeyStatus, Mode

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


class TestNewSecret:
    @pytest.mark.parametrize("mode", Mode)
    def test_is_well_formed_and_says_its_mode(self, mode):
        secret = rules.new_secret(mode)

        assert secret.startswith(f"sk_{mode}_")
        assert rules.is_well_formed(secret)


class TestIsWellFormed:
    @pytest.mark.parametrize("place", [8, 20, 40, 46])
    def test_sees_a_typo(self, place):
        secret = rules.new_secret(Mode.LIVE)
        other = "a" if secret[place] != "a" else "b"

        assert not rules.is_well_formed(secret[:place] + other + secret[place + 1 :])

    @pytest.mark.parametrize(
        "text", ["", "sk_live_", "sk_live_" + "é" * 39, "sk_dead_" + "a" * 39]
    )
    def test_sees_what_is_no_key(self, text):
        assert not rules.is_well_formed(text)


class TestStatus:
    @pytest.mark.parametrize(
        ("revoked", "expires", "status"),
        [
            (None, None, KeyStatus.LIVE),
            (None, 1, KeyStatus.LIVE),
            (None, 0, KeyStatus.EXPIRED),
            (0, 1, KeyStatus.REVOKED),
            (-1, -2, KeyStatus.REVOKED),
        ],
    )
    def test_is_worked_out_from_its_instants(self, revoked, expires, status):
        def at(hours):
            return None if hours is None else NOON + timedelta(hours=hours)

        found = rules.status_of(revoked_at=at(revoked), expires_at=at(expires), at=NOON)

        assert found is status


class TestLetsIn:
    @pytest.mark.parametrize(
        ("networks", "address", "inside"),
        [
            ((), None, True),
            (("192.0.2.0/24",), "192.0.2.9", True),
            (("192.0.2.0/24",), "192.0.3.9", False),
            (("192.0.2.0/24",), None, False),
            (("2001:db8::/32",), "2001:db8::1", True),
            (("2001:db8::/32",), "192.0.2.1", False),
        ],
    )
    def test_asks_where_the_caller_is(self, networks, address, inside):
        assert rules.lets_in(networks, address) is inside


class TestSandbox:
    def test_has_one_id_whoever_works_it_out(self):
        company = uuid4()

        assert rules.sandbox_of(company) == rules.sandbox_of(company) != company
