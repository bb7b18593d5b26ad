"""Every fact of the program is either offered, with words and an example, or declared plumbing."""

import json

import pytest

from alicerce.apps.endpoints.rules.catalog import (
    LONGEST_BODY,
    body_of,
    is_known,
    is_offered,
    offered,
    patterns_for,
    subject_of,
)
from alicerce.apps.endpoints.tests.factories import NOON, an_event
from alicerce.apps.hosting.events import ProvisioningFailed
from alicerce.kernel.events import kinds
from alicerce.kernel.ids import uuid7

PERSONAL = {
    "email",
    "phone",
    "document",
    "address",
    "person",
    "buyer",
    "ip",
    "password",
    "token",
}


def ours():
    return [
        kind
        for kind in kinds.values()
        if kind.__module__.startswith("alicerce.") and ".tests." not in kind.__module__
    ]


class TestEveryEvent:
    @pytest.mark.parametrize("kind", ours(), ids=lambda kind: kind.name)
    def test_is_described_or_internal(self, kind):
        assert bool(kind.description) != kind.is_internal, (
            f"{kind.__name__}: describe it for those who receive it, or say is_internal"
        )

    @pytest.mark.parametrize("event", offered(), ids=lambda event: event.type)
    def test_that_is_offered_has_an_example_and_names_people_by_id_only(self, event):
        assert event.example["type"] == event.type
        assert isinstance(event.example["data"], dict)
        assert not PERSONAL & set(event.example["data"])

    def test_that_is_plumbing_is_not_offered(self):
        names = {event.type for event in offered()}
        assert "invoice.paid" in names
        assert not names & {"audit.seal_due", "job.died", "endpoint.deliveries_due"}
        assert not is_offered(kinds["audit.seal_due"])


class TestPatterns:
    def test_are_the_name_its_family_and_everything(self):
        assert patterns_for("invoice.paid") == ["*", "invoice.*", "invoice.paid"]

    @pytest.mark.parametrize("pattern", ["*", "invoice.*", "invoice.paid"])
    def test_are_known(self, pattern):
        assert is_known(pattern, ["invoice.paid"])

    @pytest.mark.parametrize("pattern", ["", "**", "invoice", "invoice.", "*.paid", "nada.*"])
    def test_are_not_known(self, pattern):
        assert not is_known(pattern, ["invoice.paid"])


class TestBody:
    def test_says_type_time_version_and_facts(self):
        body = json.loads(body_of(kind="invoice.paid", version=1, at=NOON, data={"a": 1}))
        assert body == {
            "type": "invoice.paid",
            "timestamp": "2026-09-01T12:00:00+00:00",
            "version": 1,
            "data": {"a": 1},
        }

    def test_that_would_be_too_long_keeps_its_identifiers(self):
        data = {"run_id": str(uuid7()), "reason": "x" * LONGEST_BODY}
        body = body_of(kind="a.b", version=1, at=NOON, data=data)
        assert len(body) < LONGEST_BODY
        assert json.loads(body)["data"] == {"run_id": data["run_id"]}
        assert json.loads(body)["is_cut"]


class TestSubject:
    def test_is_the_thing_in_the_name(self, tenant):
        event = an_event()
        assert subject_of(event) == event.invoice_id

    def test_is_found_by_the_last_word_of_a_long_name(self, tenant):
        event = ProvisioningFailed(
            at=NOON, run_id=uuid7(), service_id=uuid7(), customer_id=uuid7(), reason="x"
        )
        assert subject_of(event) == event.run_id
