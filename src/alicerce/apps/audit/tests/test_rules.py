"""Whoever changes the trail after it was sealed is found, and the place is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alicerce.apps.audit.rules.hashing import GENESIS, head_of, leaf_digest, merkle_root
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.types import Fault, Leaf, SealedBatch, Trail

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def eid(number: int, *, at: datetime | None = None) -> str:
    """The id of the entry written so many seconds after noon."""
    written = at or NOON + timedelta(seconds=number)
    milliseconds = int(written.timestamp() * 1000)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | number))


def an_entry(number: int, **given: Any) -> dict[str, Any]:
    at = NOON + timedelta(seconds=number)
    return {"id": eid(number), "at": at.isoformat(), "action": "invoice.paid", **given}


def a_trail(entries: int = 6, per_seal: int = 2) -> Trail:
    rows = {eid(i): an_entry(i) for i in range(entries)}
    seals, previous = [], GENESIS
    for number, start in enumerate(range(0, entries, per_seal), start=1):
        ids = [eid(i) for i in range(start, min(start + per_seal, entries))]
        seals.append(a_seal(number, previous, [rows[i] for i in ids]))
        previous = seals[-1].head
    return Trail("padaria", rows, tuple(seals))


def a_seal(number: int, previous: str, entries: list[dict[str, Any]]) -> SealedBatch:
    leaves = tuple(Leaf(entry["id"], leaf_digest(entry)) for entry in entries)
    root = merkle_root([leaf.digest for leaf in leaves])
    sealed_at = (NOON + timedelta(minutes=number)).isoformat()
    head = head_of(
        number=number, previous=previous, root=root, count=len(leaves), sealed_at=sealed_at
    )
    return SealedBatch(number, previous, root, head, sealed_at, leaves)


class TestVerify:
    def test_finds_nothing_wrong_with_what_was_sealed(self):
        verdict = verify(a_trail(), at=NOON)

        assert verdict.intact
        assert (verdict.entries, verdict.sealed) == (6, 6)

    def test_finds_a_cut_off_end_by_a_head_that_somebody_kept(self):
        whole = a_trail()
        heads = [seal.head for seal in whole.seals]
        kept = {key: entry for key, entry in whole.entries.items() if key < eid(4)}
        cut = Trail(whole.tenant_id, kept, whole.seals[:-1])

        assert verify(whole, at=NOON, kept=heads).intact
        assert verify(cut, at=NOON).intact
        assert verify(cut, at=NOON, kept=heads[:-1]).intact
        found = verify(cut, at=NOON, kept=heads)
        assert (found.fault, found.where) == (Fault.CUT, f"head {heads[-1]}")

    @given(st.integers(0, 5), st.sampled_from(["action", "at", "id"]))
    def test_names_the_edited_entry(self, number, column):
        trail = a_trail()
        trail.entries[eid(number)][column] = "2026-09-01T12:00:00+00:01"

        verdict = verify(trail, at=NOON)

        assert (verdict.fault, verdict.where) == (Fault.EDITED, f"entry {eid(number)}")

    @given(st.integers(0, 5))
    def test_names_the_deleted_entry(self, number):
        trail = a_trail()
        del trail.entries[eid(number)]

        verdict = verify(trail, at=NOON)

        assert (verdict.fault, verdict.where) == (Fault.MISSING, f"entry {eid(number)}")

    def test_names_an_entry_slipped_into_the_past(self):
        trail = a_trail()
        past = eid(9, at=NOON - timedelta(days=1))
        trail.entries[past] = {**an_entry(9), "id": past}

        verdict = verify(trail, at=NOON)

        assert (verdict.fault, verdict.where) == (Fault.INSERTED, f"entry {past}")

    def test_names_it_although_a_seal_has_covered_it_since(self):
        trail = a_trail()
        past = eid(9, at=NOON - timedelta(days=1))
        trail.entries[past] = {**an_entry(9), "id": past}
        last = a_seal(4, trail.seals[-1].head, [trail.entries[past]])

        verdict = verify(replace(trail, seals=(*trail.seals, last)), at=NOON)

        assert (verdict.fault, verdict.where) == (Fault.INSERTED, f"entry {past}")

    def test_a_late_note_of_something_old_is_not_an_insertion(self):
        trail = a_trail()
        yesterday = (NOON - timedelta(days=1)).isoformat()
        trail.entries[eid(200)] = {**an_entry(200), "at": yesterday}

        assert verify(trail, at=NOON + timedelta(minutes=4)).intact

    def test_names_two_entries_that_changed_places(self):
        trail = a_trail()
        first, second = trail.entries[eid(0)], trail.entries[eid(1)]
        trail.entries[eid(0)], trail.entries[eid(1)] = second, first

        assert verify(trail, at=NOON).where == f"entry {eid(0)}"

    @pytest.mark.parametrize("dropped", [0, 1])
    def test_names_a_missing_seal(self, dropped):
        trail = a_trail()
        seals = trail.seals[:dropped] + trail.seals[dropped + 1 :]

        verdict = verify(replace(trail, seals=seals), at=NOON)

        assert (verdict.fault, verdict.where) == (Fault.BROKEN_CHAIN, f"seal {dropped + 1}")

    def test_a_seal_made_again_for_a_forged_entry_breaks_the_chain(self):
        trail = a_trail()
        trail.entries[eid(0)]["action"] = "forged"
        forged = a_seal(1, GENESIS, [trail.entries[eid(0)], trail.entries[eid(1)]])

        verdict = verify(replace(trail, seals=(forged, *trail.seals[1:])), at=NOON)

        assert (verdict.fault, verdict.where) == (Fault.BROKEN_CHAIN, "seal 2")

    def test_leaves_that_do_not_make_the_root_are_a_broken_seal(self):
        trail = a_trail()
        first = trail.seals[0]
        swapped = replace(first, leaves=first.leaves[::-1])

        verdict = verify(replace(trail, seals=(swapped, *trail.seals[1:])), at=NOON)

        assert verdict.fault is Fault.BROKEN_SEAL

    def test_what_was_just_written_need_not_be_sealed_yet(self):
        trail = a_trail()
        trail.entries[eid(240)] = an_entry(240)

        assert verify(trail, at=NOON + timedelta(minutes=4)).intact
