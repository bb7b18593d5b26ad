"""Letters to invited people: one for each time somebody asks, and their link is in no clear text."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.notify.models import Message
from alicerce.apps.notify.services import write_invitation
from alicerce.apps.tenancy.models import Invitation
from alicerce.apps.tenancy.services.invite import (
    invite_member,
    resend_invitation,
    withdraw_invitation,
)
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.crypto import reveal

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAVI = "davi@example.com"


@pytest.fixture
def owner(tenant):
    person = a_person()
    a_member(tenant, person, "owner")
    return person.id


@pytest.fixture
def invitation(owner):
    invite_member(email=DAVI, role="support", by=owner, at=NOON)
    return Invitation.objects.get()


class TestWriteInvitation:
    def test_writes_once_however_often_the_fact_is_told(self, invitation):
        for _ in range(2):
            write_invitation(invitation_id=invitation.id, at=NOON)

        message = Message.objects.get()
        assert (message.to, message.template) == (DAVI, "member_invited")

    def test_writes_again_when_it_is_sent_again(self, owner, invitation):
        write_invitation(invitation_id=invitation.id, at=NOON)
        resend_invitation(invitation_id=invitation.id, by=owner, at=NOON)
        write_invitation(invitation_id=invitation.id, at=NOON)

        assert Message.objects.count() == 2

    def test_writes_nothing_once_it_was_taken_back(self, owner, invitation):
        withdraw_invitation(invitation_id=invitation.id, by=owner, at=NOON)

        write_invitation(invitation_id=invitation.id, at=NOON)

        assert not Message.objects.exists()

    def test_seals_the_link(self, invitation):
        write_invitation(invitation_id=invitation.id, at=NOON)

        message = Message.objects.get()
        assert invitation.token in reveal(message, "values")
        assert invitation.token.encode() not in bytes(message.values)
