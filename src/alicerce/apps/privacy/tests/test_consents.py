"""The last word counts, and every word is kept."""

import pytest
from django.db import ProgrammingError, connection, transaction

from alicerce.apps.audit.models import Entry
from alicerce.apps.privacy import rules
from alicerce.apps.privacy.models import Consent
from alicerce.apps.privacy.queries import consent_of
from alicerce.apps.privacy.services.consents import set_consent
from alicerce.apps.privacy.tests.factories import NOON
from alicerce.apps.privacy.types import Channel, Purpose
from alicerce.apps.tenancy.tests.factories import a_person


@pytest.fixture
def renata(tenant):
    return a_person("renata@example.com")


def say(person, *, given):
    return set_consent(
        user_id=person.id,
        purpose=Purpose.NEWS,
        given=given,
        channel=Channel.CLIENT_AREA,
        at=NOON,
    )


class TestConsent:
    def test_who_never_spoke_said_no(self, renata):
        assert not consent_of(renata.id, Purpose.NEWS).given

    def test_is_given_and_taken_back(self, renata, published):
        for given in (True, False):
            assert say(renata, given=given)
            assert consent_of(renata.id, Purpose.NEWS).given is given

        assert [fact.given for fact in published] == [True, False]
        assert Consent.objects.count() == 2

    def test_said_twice_is_written_once(self, renata, published):
        assert [say(renata, given=True) for _ in range(2)] == [True, False]
        assert len(published) == 1

    def test_to_other_words_is_another_one(self, renata, monkeypatch):
        say(renata, given=True)
        monkeypatch.setitem(rules.VERSIONS, Purpose.NEWS, "2027-01")

        assert say(renata, given=True)
        assert consent_of(renata.id, Purpose.NEWS).version == "2027-01"

    def test_is_in_the_trail(self, renata):
        say(renata, given=True)

        entry = Entry.objects.get(action="consent.given")
        assert entry.after["purpose"] == "news"

    def test_of_one_purpose_says_nothing_of_another(self, renata):
        say(renata, given=True)

        assert not consent_of(renata.id, Purpose.STATISTICS).given

    @pytest.mark.parametrize(
        "statement", ["update privacy_consent set given = true", "delete from privacy_consent"]
    )
    def test_is_never_changed(self, renata, statement):
        say(renata, given=True)

        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
