"""The team by API: who is there, and taking the access of somebody back."""

import pytest

from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.tenancy.models import Invitation, Membership
from alicerce.apps.tenancy.services.invite import invite_member
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.clock import now
from alicerce.kernel.ids import uuid7


@pytest.fixture
def fabio(api, tenant):
    return a_member(tenant, a_person("fabio@padaria.example", name="Fábio"), "finance")


def test_says_who_works_here_as_what(api, fabio):
    found = api.get("/members?email=Fabio@padaria.example").json()["data"]
    roles = {role["key"]: role for role in api.get("/roles").json()["data"]}

    assert [(one["id"], one["role"], one["name"]) for one in found] == [
        (str(fabio.id), "finance", "Fábio")
    ]
    assert "servers:read" not in roles["finance"]["permissions"]
    assert roles["finance"]["members"] == 1


def test_takes_access_back_once(api, fabio, tenant):
    assert api.delete(f"/members/{fabio.id}").json()["deleted"] is True
    assert api.delete(f"/members/{fabio.id}").status_code == 404
    assert not Membership.objects.filter(pk=fabio.id).exists()


def test_never_takes_the_owner_nor_with_less_than_they_hold(api, knock, fabio, tenant):
    owner = Membership.objects.get(role="owner")

    assert api.delete(f"/members/{owner.id}").json()["code"] == "owner_stays"
    Membership.objects.filter(pk=owner.id).update(role="support")
    assert api.delete(f"/members/{fabio.id}").status_code == 403


def test_shows_invitations_and_takes_them_back(api, tenant, django_capture_on_commit_callbacks):
    owner = Membership.objects.get(role="owner")
    invite_member(email="nova@padaria.example", role="support", by=owner.user_id, at=now())
    (open_one,) = api.get("/invitations").json()["data"]

    assert (open_one["email"], open_one["status"]) == ("nova@padaria.example", "open")
    assert api.delete(f"/invitations/{open_one['id']}").status_code == 200
    assert Invitation.objects.get().status == "withdrawn"
    assert api.delete(f"/invitations/{uuid7()}").status_code == 404
