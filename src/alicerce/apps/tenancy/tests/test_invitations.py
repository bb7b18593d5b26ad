"""Asking somebody in: one letter, one use, three days, and nothing learned about the address."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alicerce.apps.identity.models import User
from alicerce.apps.tenancy.errors import (
    InvitationGone,
    NotYours,
    OwnerStays,
    SignInFirst,
    TooManyInvitations,
    WrongPerson,
)
from alicerce.apps.tenancy.models import Invitation, Role
from alicerce.apps.tenancy.queries.invitations import invitation_by, letter_of
from alicerce.apps.tenancy.rules import (
    GRANTS,
    INVITATION_LASTS,
    MOST_LETTERS,
    OPERATORS,
    gives_power,
)
from alicerce.apps.tenancy.services import invite
from alicerce.apps.tenancy.services.invite import (
    accept_invitation,
    invite_member,
    resend_invitation,
    sign_up_invited,
    withdraw_invitation,
)
from alicerce.apps.tenancy.services.team import change_role
from alicerce.apps.tenancy.tests.cast import (
    LATER,
    NOON,
    a_colleague,
    actions,
    roles_held,
    the_invitation,
)
from alicerce.apps.tenancy.tests.factories import a_person
from alicerce.kernel.ids import uuid7

DAVI = "davi@example.com"


def shape_of(statement):
    """A statement without its values and the names of savepoints."""
    return re.sub(r"'[^']*'|\b\d+\b|\"s\d+_x\d+\"", "?", statement)


@pytest.fixture
def owner(tenant):
    return a_colleague(tenant, "owner")


@pytest.fixture
def token(owner):
    """What Davi's letter carries."""
    invite_member(email="  Davi@Example.com ", role="support", by=owner, at=NOON)
    return the_invitation().token


class TestInviteMember:
    def test_writes_one_letter_whose_token_no_table_and_no_job_carries(self, token, published):
        invitation = the_invitation()
        assert (invitation.email, invitation.role) == (DAVI, "support")
        with connection.cursor() as cursor:
            cursor.execute("select payload from pgqueuer")
            queued = b"".join(bytes(row[0]) for row in cursor)
        assert token.encode() not in queued
        assert token not in str(Invitation.objects.values())

    def test_carries_at_least_128_bits(self, token):
        assert len(bytes.fromhex(token)) * 8 >= 128

    def test_asks_the_database_alike_whether_the_address_is_known(self, owner):
        a_person(DAVI)
        asked = []
        for email in (DAVI, "ninguem@example.com"):
            with CaptureQueriesContext(connection) as captured:
                invite_member(email=email, role="support", by=owner, at=NOON)
            asked.append([shape_of(query["sql"]) for query in captured])

        assert asked[0] == asked[1]

    def test_asked_again_sends_a_new_letter_and_ends_the_old(self, owner, token):
        invite_member(email=DAVI, role="finance", by=owner, at=LATER)

        assert Invitation.objects.count() == 1
        assert invitation_by(token, at=LATER) is None
        assert invitation_by(the_invitation().token, at=LATER).role == "Financeiro"

    def test_gives_no_more_than_the_inviter_holds(self, tenant, owner):
        finance = a_colleague(tenant, "finance")

        with pytest.raises(NotYours):
            invite_member(email=DAVI, role="admin", by=finance, at=NOON)
        with pytest.raises(OwnerStays):
            invite_member(email=DAVI, role="owner", by=owner, at=NOON)

    def test_of_operators_is_written_by_people(self):
        """Whoever holds such a role goes in and out of every company."""
        assert all(gives_power(GRANTS[role]) for role in OPERATORS)

    def test_is_limited(self, owner, monkeypatch):
        from alicerce.apps.tenancy.services import invite

        monkeypatch.setattr(invite, "MOST_OPEN_INVITATIONS", 1)
        invite_member(email="um@example.com", role="support", by=owner, at=NOON)

        with pytest.raises(TooManyInvitations):
            invite_member(email="dois@example.com", role="support", by=owner, at=NOON)


class TestLetter:
    def test_leads_to_the_companys_own_address(self, tenant, token):
        from alicerce.apps.tenancy.models import Host

        Host.objects.create(
            tenant_id=tenant.id, domain="padaria.example", base_url="https://padaria.example/"
        )

        letter = letter_of(the_invitation().id, at=NOON)

        assert letter.link == f"https://padaria.example/convites/{token}/"

    def test_is_not_written_once_it_was_answered(self, owner, token):
        withdraw_invitation(invitation_id=the_invitation().id, by=owner, at=NOON)

        assert letter_of(the_invitation().id, at=NOON) is None


class TestResend:
    def test_ends_somewhere(self, owner, token):
        invitation = the_invitation()
        for _ in range(MOST_LETTERS - 1):
            resend_invitation(invitation_id=invitation.id, by=owner, at=NOON)

        with pytest.raises(TooManyInvitations):
            resend_invitation(invitation_id=invitation.id, by=owner, at=NOON)

    def test_does_not_begin_anew_by_withdrawing(self, owner, token):
        for _ in range(MOST_LETTERS - 1):
            withdraw_invitation(invitation_id=the_invitation().id, by=owner, at=NOON)
            invite_member(email=DAVI, role="support", by=owner, at=NOON)
        withdraw_invitation(invitation_id=the_invitation().id, by=owner, at=NOON)

        with pytest.raises(TooManyInvitations):
            invite_member(email=DAVI, role="support", by=owner, at=NOON)
        invite_member(email=DAVI, role="support", by=owner, at=NOON + INVITATION_LASTS)

    def test_is_not_a_way_to_write_to_the_world(self, owner, monkeypatch):
        monkeypatch.setattr(invite, "MOST_LETTERS_A_DAY", 3)
        for number in range(3):
            invite_member(email=f"x{number}@example.com", role="support", by=owner, at=NOON)

        with pytest.raises(TooManyInvitations):
            invite_member(email=DAVI, role="support", by=owner, at=NOON)


class TestAccept:
    def test_makes_a_member_once(self, token):
        davi = a_person(DAVI)

        accept_invitation(token=token, by=davi.id, at=LATER)

        assert roles_held()[davi.id] == "support"
        assert actions()[-2:] == ["member.added", "invitation.accepted"]
        with pytest.raises(InvitationGone):
            accept_invitation(token=token, by=davi.id, at=LATER)

    def test_is_for_the_invited_person_alone(self, token):
        eva = a_person("eva@example.com")

        with pytest.raises(WrongPerson):
            accept_invitation(token=token, by=eva.id, at=LATER)

    def test_comes_too_late_after_three_days(self, token):
        davi = a_person(DAVI)
        just = NOON + INVITATION_LASTS - timedelta(seconds=1)

        assert invitation_by(token, at=just)
        with pytest.raises(InvitationGone):
            accept_invitation(token=token, by=davi.id, at=NOON + INVITATION_LASTS)

    def test_of_a_withdrawn_one_opens_nothing(self, owner, token):
        withdraw_invitation(invitation_id=the_invitation().id, by=owner, at=NOON)

        with pytest.raises(InvitationGone):
            accept_invitation(token=token, by=a_person(DAVI).id, at=LATER)

    def test_ends_with_the_right_of_who_invited(self, tenant, owner):
        admin = a_colleague(tenant, "admin")
        invite_member(email=DAVI, role="support", by=admin, at=NOON)
        change_role(user_id=admin, role="read_only", by=owner, at=NOON)

        with pytest.raises(InvitationGone):
            accept_invitation(token=the_invitation().token, by=a_person(DAVI).id, at=LATER)

    def test_ends_with_the_right_of_who_wrote_last_whoever_asked_first(self, tenant, owner):
        invite_member(email=DAVI, role="support", by=owner, at=NOON)
        admin = a_colleague(tenant, "admin")
        invite_member(email=DAVI, role="finance", by=admin, at=NOON)
        asked = the_invitation().token
        change_role(user_id=admin, role="support", by=owner, at=NOON)

        with pytest.raises(InvitationGone):
            accept_invitation(token=asked, by=a_person(DAVI).id, at=NOON)
        resend_invitation(invitation_id=the_invitation().id, by=owner, at=NOON)
        accept_invitation(
            token=the_invitation().token, by=User.objects.get(email=DAVI).id, at=NOON
        )

    def test_of_a_key_gives_no_power_that_the_role_got_since(self, tenant, owner):
        role = Role.objects.create(key="porta", name="Porta", permissions=["workspace:enter"])
        invite_member(email=DAVI, role="porta", by=owner, key_id=uuid7(), at=NOON)
        role.permissions = ["members:write", "workspace:enter"]
        role.save()

        with pytest.raises(InvitationGone):
            accept_invitation(token=the_invitation().token, by=a_person(DAVI).id, at=NOON)

    def test_raises_nobody_who_works_here(self, tenant, owner):
        davi = a_person(DAVI)
        from alicerce.apps.tenancy.tests.factories import a_member

        a_member(tenant, davi, "read_only")
        invite_member(email=DAVI, role="admin", by=owner, at=NOON)
        accept_invitation(token=the_invitation().token, by=davi.id, at=LATER)

        assert roles_held()[davi.id] == "read_only"

    def test_works_from_another_companys_context(self, tenant, token, other_tenant):
        davi = a_person(DAVI)
        with other_tenant:
            accept_invitation(token=token, by=davi.id, at=LATER)
            assert davi.id not in roles_held()

        assert roles_held()[davi.id] == "support"


class TestSignUp:
    def test_makes_somebody_new_who_chooses_a_password_next(self, token):
        path = sign_up_invited(token=token, name="Davi Lima", at=LATER)

        davi = User.objects.get(email=DAVI)
        assert roles_held()[davi.id] == "support"
        assert path.startswith("/entrar/senha/")

    def test_is_no_way_into_an_account_that_is_there(self, token):
        davi = a_person(DAVI)

        with pytest.raises(SignInFirst):
            sign_up_invited(token=token, name="Outro", at=LATER)

        assert davi.id not in roles_held()
        assert User.objects.get(email=DAVI).name == davi.name
