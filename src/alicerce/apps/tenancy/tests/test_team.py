"""Who may change whom, and who is left."""

import pytest

from alicerce.apps.tenancy.errors import (
    LastAdministrator,
    NotAMember,
    NotYours,
    OwnerStays,
    UnknownRole,
)
from alicerce.apps.tenancy.services.team import change_role, remove_member, transfer_ownership
from alicerce.apps.tenancy.tests.cast import NOON, a_colleague, actions, roles_held
from alicerce.kernel.ids import uuid7


@pytest.fixture
def owner(tenant):
    return a_colleague(tenant, "owner")


@pytest.fixture
def admin(tenant, owner):
    return a_colleague(tenant, "admin")


@pytest.fixture
def finance(tenant, owner):
    return a_colleague(tenant, "finance")


class TestChangeRole:
    def test_puts_a_member_under_another_role_and_says_so(self, admin, finance, published):
        change_role(user_id=finance, role="support", by=admin, at=NOON)

        assert roles_held()[finance] == "support"
        assert actions() == ["member.role_changed"]
        assert [fact.name for fact in published] == ["member.role_changed"]

    def test_to_the_same_role_is_no_change(self, admin, finance, published):
        change_role(user_id=finance, role="finance", by=admin, at=NOON)

        assert published == []

    def test_gives_nobody_more_than_the_giver_holds(self, tenant, finance):
        support = a_colleague(tenant, "support")

        with pytest.raises(NotYours):
            change_role(user_id=finance, role="admin", by=finance, at=NOON)
        with pytest.raises(NotYours):
            change_role(user_id=support, role="finance", by=finance, at=NOON)

    def test_cannot_demote_somebody_mightier(self, admin, finance):
        with pytest.raises(NotYours):
            change_role(user_id=admin, role="read_only", by=finance, at=NOON)

    def test_leaves_the_owner_alone_and_makes_no_other(self, owner, admin):
        with pytest.raises(OwnerStays):
            change_role(user_id=owner, role="admin", by=admin, at=NOON)
        with pytest.raises(OwnerStays):
            change_role(user_id=admin, role="owner", by=admin, at=NOON)

    def test_counts_what_the_giver_holds_now_and_not_before(self, tenant, admin, finance):
        from alicerce.apps.tenancy.models import Membership

        Membership.objects.get(user_id=admin).take_role("read_only")

        with pytest.raises(NotYours):
            change_role(user_id=finance, role="support", by=admin, at=NOON)

    def test_knows_neither_strangers_nor_unknown_roles(self, admin, finance):
        with pytest.raises(NotAMember):
            change_role(user_id=uuid7(), role="support", by=admin, at=NOON)
        with pytest.raises(UnknownRole):
            change_role(user_id=finance, role="emperor", by=admin, at=NOON)

    def test_of_operators_gives_nothing_outside_the_platform(self, admin, finance):
        with pytest.raises(UnknownRole):
            change_role(user_id=finance, role="operator", by=admin, at=NOON)


class TestRemoveMember:
    def test_ends_the_membership_and_nothing_else(self, admin, finance):
        from alicerce.apps.identity.models import User

        remove_member(user_id=finance, by=admin, at=NOON)

        assert finance not in roles_held()
        assert User.objects.get(pk=finance).is_active
        assert actions() == ["member.removed"]

    def test_lets_anybody_leave(self, finance):
        remove_member(user_id=finance, by=finance, at=NOON)

        assert finance not in roles_held()

    def test_keeps_the_only_owner(self, owner, admin):
        with pytest.raises(OwnerStays):
            remove_member(user_id=owner, by=owner, at=NOON)
        with pytest.raises(NotYours):
            remove_member(user_id=owner, by=admin, at=NOON)

    def test_lets_one_of_two_owners_go(self, tenant, owner):
        second = a_colleague(tenant, "owner", "segunda")

        remove_member(user_id=second, by=owner, at=NOON)

        assert set(roles_held()) == {owner}

    def test_keeps_the_last_who_can_let_others_in(self, tenant):
        admin = a_colleague(tenant, "admin")
        a_colleague(tenant, "finance")

        with pytest.raises(LastAdministrator):
            remove_member(user_id=admin, by=admin, at=NOON)
        with pytest.raises(LastAdministrator):
            change_role(user_id=admin, role="read_only", by=admin, at=NOON)

        assert roles_held()[admin] == "admin"


class TestTransferOwnership:
    def test_makes_the_other_the_owner_and_the_owner_an_administrator(
        self, owner, finance, published
    ):
        transfer_ownership(to=finance, by=owner, at=NOON)

        assert roles_held() == {finance: "owner", owner: "admin"}
        assert published[-1].name == "tenant.ownership_transferred"

    def test_is_the_owners_alone(self, admin, finance):
        with pytest.raises(NotYours):
            transfer_ownership(to=finance, by=admin, at=NOON)

    def test_goes_to_nobody_outside_of_the_team(self, owner):
        with pytest.raises(NotAMember):
            transfer_ownership(to=uuid7(), by=owner, at=NOON)

    def test_to_oneself_changes_nothing(self, owner, published):
        transfer_ownership(to=owner, by=owner, at=NOON)

        assert published == []
