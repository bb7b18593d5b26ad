"""Only what Stripe signed, and lately, is an event."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from alicerce.vendors.stripe.signatures import BadSignature, sign, verify
from alicerce.vendors.stripe.wire import Garbled, read_event

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECRET, NEXT = "whsec_um", "whsec_dois"
EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "livemode": False,
    "created": 1795262400,
    "data": {
        "object": {"id": "cs_1", "object": "checkout.session", "metadata": {"invoice": "i1"}}
    },
}
RAW = json.dumps(EVENT, indent=2).encode()


def test_agrees_with_the_official_sdk():
    timestamp = int(NOW.timestamp())
    theirs = stripe.WebhookSignature.generate_signature_header(RAW.decode(), SECRET, timestamp)

    assert verify(RAW, theirs, [SECRET], NOW) == EVENT
    assert sign(RAW, [SECRET], NOW) == theirs
    assert stripe.WebhookSignature.verify_header(RAW, sign(RAW, [SECRET], NOW), SECRET)


def test_what_is_too_deep_to_read_is_no_event():
    deep = b"[" * 200_000

    with pytest.raises(BadSignature):
        verify(deep, sign(deep, [SECRET], NOW), [SECRET], NOW)


def test_either_secret_is_good_while_they_change_places():
    both = sign(RAW, [SECRET, NEXT], NOW)

    assert verify(RAW, both, [NEXT], NOW)
    assert verify(RAW, sign(RAW, [SECRET], NOW), [NEXT, SECRET], NOW)


@pytest.mark.parametrize("seconds", [-301, 301, 600, 10**6])
def test_too_old_or_from_the_future_is_refused(seconds):
    with pytest.raises(BadSignature, match="timestamp"):
        verify(RAW, sign(RAW, [SECRET], NOW), [SECRET], NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("secrets", [[], [""], ["  "], [NEXT]])
def test_without_the_secret_nothing_is_genuine(secrets):
    forged = sign(RAW, secrets or [""], NOW)
    with pytest.raises(BadSignature):
        verify(RAW, forged if secrets != [NEXT] else sign(RAW, [SECRET], NOW), secrets, NOW)


@pytest.mark.parametrize(
    "header",
    ["", "t=", "v1=abc", "t=1795262400", "t=1,t=2,v1=a", "t=-1,v1=a", "t=١,v1=a", "t=1e9,v1=a"],
)
def test_a_broken_header_is_refused(header):
    with pytest.raises(BadSignature):
        verify(RAW, header, [SECRET], NOW)


def test_another_scheme_does_not_count():
    with pytest.raises(BadSignature):
        verify(RAW, sign(RAW, [SECRET], NOW).replace("v1=", "v0="), [SECRET], NOW)


@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_one_changed_byte_is_noticed(where, byte):
    changed = RAW[:where] + bytes([byte]) + RAW[where + 1 :]
    if changed == RAW:
        return
    with pytest.raises(BadSignature):
        verify(changed, sign(RAW, [SECRET], NOW), [SECRET], NOW)


@given(st.text(), st.binary())
def test_garbage_is_a_bad_signature_and_nothing_else(header, raw):
    with pytest.raises(BadSignature):
        verify(raw, header, [SECRET], NOW)


@pytest.mark.parametrize("raw", [b"[]", b"null", b"<html>", b"\xff"])
def test_signed_but_no_event(raw):
    with pytest.raises(BadSignature):
        verify(raw, sign(raw, [SECRET], NOW), [SECRET], NOW)


class TestReadEvent:
    def test_says_what_happened_to_what(self):
        hint = read_event(EVENT)

        assert (hint.type, hint.object_id) == ("checkout.session.completed", "cs_1")
        assert hint.object_type == "checkout.session"
        assert hint.metadata == {"invoice": "i1"}
        assert not hint.livemode

    def test_an_invoice_shows_the_marks_of_its_subscription(self):
        parent = {
            "subscription_details": {"metadata": {"invoice": "i9"}, "subscription": "sub_1"}
        }
        invoice = {"id": "in_1", "object": "invoice", "metadata": {}, "parent": parent}

        assert read_event(EVENT | {"data": {"object": invoice}}).metadata == {"invoice": "i9"}

    @pytest.mark.parametrize(
        "broken", [{}, {"object": "v2.core.event"}, EVENT | {"data": None}]
    )
    def test_a_thin_or_broken_event_is_garbled(self, broken):
        with pytest.raises(Garbled):
            read_event(broken)
