"""Who wrote a row is known by a key that is not in the database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alicerce.apps.audit.rules.codes import (
    authenticate,
    changeover_words,
    entry_words,
    is_authentic,
    seal_words,
)
from alicerce.apps.audit.rules.hashing import leaf_digest
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.tests.test_rules import NOON, a_seal, a_trail, an_entry, eid
from alicerce.apps.audit.types import Fault

OLD, NEW = {"0ld0": b"o" * 32}, {"0new": b"n" * 32}


def coded(trail, keys, *, since=1):
    """The trail with a code on every row, from this seal on."""
    macs = {
        leaf.entry_id: authenticate(entry_words(leaf.digest), keys)
        for seal in trail.seals[since - 1 :]
        for leaf in seal.leaves
    }
    seals = [
        replace(seal, mac=authenticate(seal_words(trail.tenant_id, seal.head), keys))
        if seal.number >= since
        else seal
        for seal in trail.seals
    ]
    return replace(trail, seals=tuple(seals), macs=macs)


def changed_over(trail, keys, *, at):
    """The trail as the migration left it: this seal vouches for what came before."""
    seals = list(trail.seals)
    words = changeover_words(trail.tenant_id, seals[at - 1].head)
    seals[at - 1] = replace(seals[at - 1], mac=authenticate(words, keys))
    return replace(trail, seals=tuple(seals))


def judged(trail, keys):
    verdict = verify(trail, at=NOON + timedelta(minutes=4), keys=keys)
    return verdict.fault, verdict.where


def slip_in(trail, mac):
    """An entry with an id of now, as who owns the database writes one."""
    forged = an_entry(200)
    return replace(
        trail,
        entries={**trail.entries, eid(200): forged},
        macs={**trail.macs, eid(200): mac(leaf_digest(forged))},
    )


class TestCode:
    def test_holds_for_its_words_under_its_key_alone(self):
        mac = authenticate("entry|a", OLD)

        assert is_authentic(mac, "entry|a", {**NEW, **OLD})
        assert not is_authentic(mac, "entry|b", OLD)
        assert not is_authentic(mac, "entry|a", NEW)
        assert not is_authentic(mac.replace("0ld0", "0new"), "entry|a", NEW)

    @pytest.mark.parametrize("mac", ["", ":", "0ld0:", "0ld0"])
    def test_does_not_hold_when_there_is_none(self, mac):
        assert not is_authentic(mac, "entry|a", OLD)


class TestVerifyWithKeys:
    def test_finds_nothing_wrong_with_what_the_program_wrote(self):
        verdict = verify(coded(a_trail(), OLD), at=NOON, keys=OLD)

        assert verdict.intact
        assert verdict.authenticated

    def test_without_keys_checks_the_chain_and_says_so(self):
        verdict = verify(
            slip_in(coded(a_trail(), OLD), lambda _: ""), at=NOON + timedelta(minutes=4)
        )

        assert verdict.intact
        assert not verdict.authenticated

    @pytest.mark.parametrize(
        "mac",
        [
            lambda digest: "",
            lambda digest: f"0ld0:{'0' * 64}",
            lambda digest: authenticate(entry_words(digest), {"0ld0": b"guessed" * 4}),
            lambda digest: authenticate(entry_words(digest), {"dead": b"mine" * 8}),
            lambda digest: authenticate(seal_words("padaria", digest), OLD),
        ],
    )
    def test_names_an_entry_of_now_that_nobody_with_the_key_wrote(self, mac):
        waiting = slip_in(coded(a_trail(), OLD), mac)

        assert judged(waiting, OLD) == (Fault.FORGED, f"entry {eid(200)}")

        last = a_seal(4, waiting.seals[-1].head, [waiting.entries[eid(200)]])
        last = replace(last, mac=authenticate(seal_words("padaria", last.head), OLD))
        sealed = replace(waiting, seals=(*waiting.seals, last))

        assert judged(sealed, OLD) == (Fault.FORGED, f"entry {eid(200)}")

    def test_names_a_seal_that_nobody_with_the_key_made(self):
        trail = coded(a_trail(), OLD)
        made_anew = tuple(replace(seal, mac="") for seal in trail.seals)

        assert judged(replace(trail, seals=made_anew), OLD) == (Fault.FORGED, "seal 1")

    def test_names_a_row_copied_from_a_neighbour(self):
        trail = coded(a_trail(), OLD)

        assert judged(replace(trail, tenant_id="oficina"), OLD) == (Fault.FORGED, "seal 1")

    def test_an_older_key_still_holds_while_it_is_given(self):
        trail = coded(a_trail(), OLD)

        assert judged(trail, {**NEW, **OLD}) == (None, "")
        assert judged(trail, NEW) == (Fault.FORGED, "seal 1")


class TestChangeover:
    def test_vouches_for_what_it_leads_through(self):
        trail = changed_over(coded(a_trail(), OLD, since=3), OLD, at=2)

        assert judged(trail, OLD) == (None, "")

    def test_vouches_for_nothing_later(self):
        trail = changed_over(coded(a_trail(), OLD, since=3), OLD, at=2)

        assert judged(slip_in(trail, lambda _: ""), OLD) == (
            Fault.FORGED,
            f"entry {eid(200)}",
        )

    def test_is_the_only_one_that_does(self):
        assert judged(a_trail(), OLD) == (Fault.FORGED, "seal 1")
        assert judged(coded(a_trail(), OLD, since=3), OLD) == (Fault.FORGED, "seal 1")

    def test_does_not_vouch_for_another_past(self):
        trail = changed_over(a_trail(), OLD, at=3)
        forged = a_trail()
        forged.entries[eid(0)]["action"] = "forged"
        previous, seals = "0" * 64, []
        for number in (1, 2, 3):
            rows = [forged.entries[eid(i)] for i in (2 * number - 2, 2 * number - 1)]
            seals.append(a_seal(number, previous, rows))
            previous = seals[-1].head
        seals[-1] = replace(seals[-1], mac=trail.seals[-1].mac)

        assert judged(replace(forged, seals=tuple(seals)), OLD) == (Fault.FORGED, "seal 1")
