"""What a record may be, and how two zones differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alicerce.apps.dns import rules
from alicerce.apps.dns.types import HostedRecord, RecordSpec, RecordType

ZONE = "padaria.com.br"
A, CNAME, MX, TXT = RecordType.A, RecordType.CNAME, RecordType.MX, RecordType.TXT

NAMES = st.sampled_from([ZONE, f"www.{ZONE}", f"mail.{ZONE}"])
SPECS = st.lists(
    st.builds(
        RecordSpec,
        name=NAMES,
        type=st.sampled_from([A, TXT]),
        content=st.sampled_from(["192.0.2.1", "192.0.2.2", "192.0.2.3"]),
    ),
    max_size=6,
)


def hosted(*specs):
    return [HostedRecord(line, spec) for line, spec in enumerate(specs, start=1)]


def applied(have, changes):
    kept = [record.spec for record in have if record not in changes.remove]
    return hosted(*kept, *changes.add)


class TestComplaint:
    @pytest.mark.parametrize(
        "record",
        [
            RecordSpec(ZONE, A, "192.0.2.1"),
            RecordSpec(f"*.{ZONE}", RecordType.AAAA, "2001:db8::1"),
            RecordSpec(f"www.{ZONE}", CNAME, ZONE),
            RecordSpec(f"_dmarc.{ZONE}", TXT, "v=DMARC1; p=none"),
            RecordSpec(ZONE, MX, "mx.padaria.com.br.", priority=10),
        ],
    )
    def test_is_none_for_what_is_right(self, record):
        assert rules.complaint(record, zone=ZONE) is None

    @pytest.mark.parametrize(
        "record",
        [
            RecordSpec("outra.com.br", A, "192.0.2.1"),
            RecordSpec(f"x{ZONE}", A, "192.0.2.1"),
            RecordSpec(ZONE, A, "2001:db8::1"),
            RecordSpec(ZONE, CNAME, "outra.com.br"),
            RecordSpec(ZONE, A, "192.0.2.1", ttl=1),
            RecordSpec(ZONE, TXT, "uma\nduas"),
            RecordSpec(f"a b.{ZONE}", A, "192.0.2.1"),
        ],
    )
    def test_says_what_is_wrong(self, record):
        assert rules.complaint(record, zone=ZONE)


class TestChanges:
    def test_leaves_alone_what_nobody_spoke_of(self):
        have = hosted(RecordSpec(ZONE, MX, "mx.padaria.com.br", priority=10))

        changes = rules.changes(have, [RecordSpec(ZONE, A, "192.0.2.1")])

        assert changes.remove == ()
        assert len(changes.add) == 1

    def test_replaces_the_address_that_was(self):
        have = hosted(RecordSpec(ZONE, A, "192.0.2.9"))

        changes = rules.changes(have, [RecordSpec(ZONE, A, "192.0.2.1")])

        assert [r.spec.content for r in changes.remove] == ["192.0.2.9"]
        assert [r.content for r in changes.add] == ["192.0.2.1"]

    def test_an_alias_takes_the_place_of_an_address(self):
        have = hosted(RecordSpec(f"www.{ZONE}", A, "192.0.2.9"))

        changes = rules.changes(have, [RecordSpec(f"www.{ZONE}", CNAME, ZONE)])

        assert len(changes.remove) == len(changes.add) == 1

    def test_a_final_dot_is_no_difference(self):
        have = hosted(RecordSpec(f"www.{ZONE}", CNAME, f"{ZONE}."))

        assert not rules.changes(have, [RecordSpec(f"www.{ZONE}", CNAME, ZONE)])

    @pytest.mark.parametrize("have", ["v=DKIM1; p=abc", "v=DKIM1; p=ABC."])
    def test_a_text_differs_by_a_single_letter(self, have):
        key = RecordSpec(f"x._domainkey.{ZONE}", TXT, "v=DKIM1; p=ABC")

        changes = rules.changes(hosted(RecordSpec(key.name, TXT, have)), [key])

        assert [r.spec.content for r in changes.remove] == [have]
        assert changes.add == (key,)

    @given(have=SPECS, want=SPECS)
    def test_once_applied_leaves_nothing_to_change(self, have, want):
        before = hosted(*have)

        after = applied(before, rules.changes(before, want))

        assert not rules.changes(after, want)
        assert {(w.name, w.type, w.content) for w in want} <= {
            (r.spec.name, r.spec.type, r.spec.content) for r in after
        }
