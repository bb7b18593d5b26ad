"""What a company may say about its roles."""

import pytest
from django.db import IntegrityError, transaction

from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import (
    CannotGrant,
    LastAdministrator,
    NotYours,
    RoleInUse,
    RoleIsLocked,
    RoleNameTaken,
)
from alicerce.apps.tenancy.models import Membership, Role
from alicerce.apps.tenancy.queries.team import role_of, roles
from alicerce.apps.tenancy.rules import GRANTS
from alicerce.apps.tenancy.services.roles import (
    copy_role,
    drop_role,
    edit_role,
    limit_role,
)
from alicerce.apps.tenancy.tests.cast import NOON, a_colleague, actions
from alicerce.apps.tenancy.types import RoleKey, SessionMinutes

FINANCE = GRANTS[RoleKey.FINANCE]


@pytest.fixture
def owner(tenant):
    return a_colleague(tenant, "owner")


class TestShippedRoles:
    def test_of_a_company_are_not_those_of_the_platform(self, tenant):
        assert [role.key for role in roles()] == [
            "owner",
            "admin",
            "finance",
            "support",
            "sales",
            "developer",
            "read_only",
        ]

    def test_need_no_row(self, tenant):
        assert role_of("finance").permissions == FINANCE
        assert not role_of("finance").is_changed


class TestEditRole:
    def test_holds_from_the_next_request_on(self, tenant, owner):
        ana = a_colleague(tenant, "finance")

        edit_role(key="finance", permissions=FINANCE | {"audit:read"}, by=owner, at=NOON)

        access = tenancy.access_of(user_id=ana, tenant_id=tenant.id)
        assert access.permissions == FINANCE | {"audit:read"}
        assert role_of("finance").is_changed
        assert actions() == ["role.changed"]

    def test_with_the_same_permissions_changes_nothing(self, owner, published):
        edit_role(key="finance", permissions=FINANCE, by=owner, at=NOON)

        assert published == []
        assert not role_of("finance").is_changed

    @pytest.mark.parametrize("permissions", [set(), {"workspace:enter"}])
    def test_never_touches_the_owner(self, owner, permissions):
        with pytest.raises(RoleIsLocked):
            edit_role(key="owner", permissions=permissions, by=owner, at=NOON)

    @pytest.mark.parametrize("key", ["platform:operate", "client:area", "made:up"])
    def test_grants_nothing_that_no_role_here_may_hold(self, owner, key):
        with pytest.raises(CannotGrant):
            edit_role(key="finance", permissions=FINANCE | {key}, by=owner, at=NOON)

    def test_grants_nothing_the_editor_does_not_hold(self, tenant, owner):
        key = copy_role(key="finance", name="Chefia", by=owner, at=NOON)
        edit_role(key=key, permissions={"workspace:enter", "roles:write"}, by=owner, at=NOON)
        chief = a_colleague(tenant, key, "chefe")

        with pytest.raises(NotYours):
            edit_role(
                key=key,
                permissions={"workspace:enter", "roles:write", "members:write"},
                by=chief,
                at=NOON,
            )
        with pytest.raises(NotYours):
            edit_role(key="admin", permissions={"workspace:enter"}, by=chief, at=NOON)

    def test_leaves_somebody_who_can_let_others_in(self, tenant):
        admin = a_colleague(tenant, "admin")

        with pytest.raises(LastAdministrator):
            edit_role(key="admin", permissions={"workspace:enter"}, by=admin, at=NOON)

    def test_cannot_make_an_operator_of_a_forged_row(self, tenant):
        Role.objects.create(key="finance", name="x", permissions=["platform:operate"])
        ana = a_colleague(tenant, "finance")

        assert not tenancy.access_of(user_id=ana, tenant_id=tenant.id).permissions


class TestLimitRole:
    SHORT = SessionMinutes(idle=10, absolute=120)

    @pytest.mark.parametrize("key", ["finance", "owner"])
    def test_says_how_long_sessions_last_and_nothing_else(self, owner, published, key):
        limit_role(key=key, sessions=self.SHORT, by=owner, at=NOON)

        assert role_of(key).sessions == self.SHORT
        assert role_of(key).permissions == GRANTS[RoleKey(key)]
        assert actions() == ["role.sessions_limited"]
        assert [fact.key for fact in published] == [key]

    def test_keeps_a_shipped_role_as_it_is_shipped(self, owner):
        limit_role(key="finance", sessions=self.SHORT, by=owner, at=NOON)

        assert Role.objects.get(key="finance").permissions is None

    def test_goes_along_with_a_copy_and_with_another_permission(self, owner):
        limit_role(key="finance", sessions=self.SHORT, by=owner, at=NOON)
        copy = copy_role(key="finance", name="Caixa", by=owner, at=NOON)
        edit_role(key="finance", permissions={"workspace:enter"}, by=owner, at=NOON)

        assert role_of(copy).sessions == role_of("finance").sessions == self.SHORT

    def test_twice_says_it_once(self, owner, published):
        for _ in range(2):
            limit_role(key="finance", sessions=self.SHORT, by=owner, at=NOON)

        assert len(published) == 1

    def test_is_for_who_holds_what_the_role_may_do(self, tenant, owner):
        finance = a_colleague(tenant, "finance")

        with pytest.raises(NotYours):
            limit_role(key="admin", sessions=SessionMinutes(), by=finance, at=NOON)

    @pytest.mark.parametrize(
        "beyond",
        [SessionMinutes(idle=4), SessionMinutes(absolute=14), SessionMinutes(idle=1441)],
    )
    def test_stays_in_reason_whoever_asks(self, owner, beyond):
        with pytest.raises(IntegrityError), transaction.atomic():
            limit_role(key="finance", sessions=beyond, by=owner, at=NOON)


class TestCopyRole:
    def test_starts_with_what_the_pattern_may_do(self, owner):
        key = copy_role(key="support", name="Plantão noturno", by=owner, at=NOON)

        made = role_of(key)
        assert (made.key, made.name) == ("plantao-noturno", "Plantão noturno")
        assert made.permissions == GRANTS[RoleKey.SUPPORT]
        assert actions() == ["role.created"]

    @pytest.mark.parametrize("name", ["Financeiro", "Read only", "Owner", "!!"])
    def test_refuses_a_name_that_is_taken_or_none(self, owner, name):
        with pytest.raises(RoleNameTaken):
            copy_role(key="support", name=name, by=owner, at=NOON)

    def test_copies_nothing_the_copier_does_not_hold(self, tenant, owner):
        finance = a_colleague(tenant, "finance")

        with pytest.raises(NotYours):
            copy_role(key="admin", name="Outra", by=finance, at=NOON)


class TestDropRole:
    def test_brings_a_shipped_role_back(self, owner):
        edit_role(key="finance", permissions={"workspace:enter"}, by=owner, at=NOON)

        drop_role(key="finance", by=owner, at=NOON)

        assert role_of("finance").permissions == FINANCE

    def test_forgets_a_role_of_the_companys_own(self, owner):
        key = copy_role(key="support", name="Plantão", by=owner, at=NOON)

        drop_role(key=key, by=owner, at=NOON)

        assert role_of(key) is None

    def test_keeps_one_that_somebody_holds(self, tenant, owner):
        key = copy_role(key="support", name="Plantão", by=owner, at=NOON)
        a_colleague(tenant, key, "bia")

        with pytest.raises(RoleInUse):
            drop_role(key=key, by=owner, at=NOON)

    def test_a_role_that_is_gone_grants_nothing(self, tenant, owner):
        bia = a_colleague(tenant, "finance", "bia")
        Membership.objects.get(user_id=bia).take_role("gone")

        assert not tenancy.access_of(user_id=bia, tenant_id=tenant.id).permissions
