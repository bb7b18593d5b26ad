"""What stands on things, by itself."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.metadata.errors import TooMuchMetadata
from alicerce.apps.metadata.models import Datum
from alicerce.apps.metadata.queries import metadata_of
from alicerce.apps.metadata.services import MOST, change_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.ids import uuid7

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def thing_id(tenant):
    return uuid7()


def change(thing_id, kind=ThingKind.ORDER, **changes):
    return change_metadata(kind=kind, thing_id=thing_id, changes=changes, at=NOON)


def told(thing_id, kind=ThingKind.ORDER):
    return metadata_of(kind=kind, thing_ids=[thing_id])[thing_id]


class TestChangeMetadata:
    def test_puts_replaces_takes_away_and_leaves_the_rest(self, thing_id):
        change(thing_id, a="1", b="2", c="3", d="4")

        change(thing_id, a="9", b=None, c="")

        assert told(thing_id) == {"a": "9", "d": "4"}

    def test_says_which_names_changed_and_never_what_they_say(self, thing_id, published):
        change(thing_id, a="segredo", b="2")
        change(thing_id, b="2", c=None)

        (entry,) = Entry.objects.filter(action="metadata.changed")
        assert (entry.entity, entry.entity_id) == ("order", thing_id)
        assert entry.after == {"fields": ["a", "b"]}
        (fact,) = published
        assert (fact.kind, fact.thing_id, fact.names) == ("order", thing_id, ("a", "b"))

    def test_holds_no_more_than_fits(self, thing_id):
        change(thing_id, **{f"n{n}": "x" for n in range(MOST)})

        with pytest.raises(TooMuchMetadata):
            change(thing_id, another="x")
        assert change(thing_id, another="x", n0=None)
        assert Datum.objects.count() == MOST

    def test_is_of_that_kind_of_thing_only(self, thing_id):
        change(thing_id, a="1")

        assert told(thing_id, ThingKind.INVOICE) == {}

    def test_is_of_that_company_only(self, thing_id, other_tenant):
        change(thing_id, a="1")
        with other_tenant:
            assert told(thing_id) == {}
