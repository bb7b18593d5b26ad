"""The team by API: who is there, and taking the access of somebody back."""

from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.developers.models import ApiKey
from alicerce.apps.developers.services.retire_key import revoke_key, rotate_key
from alicerce.apps.developers.types import Maker
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.tenancy.errors import InvitationGone
from alicerce.apps.tenancy.models import Invitation, Membership, Role
from alicerce.apps.tenancy.services.invite import invite_member, sign_up_invited
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.clock import now
from alicerce.kernel.ids import uuid7
from alicerce.surfaces.api.tests.conftest import told


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


class TestInvite:
    def test_lets_in_who_may_do_no_more_than_who_made_the_key(
        self, api, tenant, django_capture_on_commit_callbacks
    ):
        asked = {"email": "Nova@padaria.example", "role": "support"}

        first = api.post("/invitations", asked)
        again = api.post("/invitations", asked | {"role": "finance"})

        sent = Invitation.objects.get()
        assert first.status_code == 201
        assert first.headers["Location"] == f"/v1/invitations/{sent.id}"
        assert (again.json()["id"], again.json()["role"]) == (str(sent.id), "finance")
        assert (sent.email, sent.letters) == ("nova@padaria.example", 2)
        assert api.get(f"/invitations/{sent.id}").json() == again.json()
        assert (
            Entry.objects.filter(action="invitation.sent", actor__startswith="key:").count()
            == 2
        )

    @pytest.mark.parametrize(
        ("role", "code"),
        [("owner", "owner_stays"), ("admin", "given_by_people"), ("rei", "unknown_role")],
    )
    def test_gives_no_power_to_let_others_in(self, api, role, code):
        asked = {"email": "nova@padaria.example", "role": role}

        assert api.post("/invitations", asked).json()["code"] == code
        assert not Invitation.objects.exists()

    def test_follows_its_maker(self, api):
        administers = {"workspace:enter", "members:write", "members:read", "roles:write"}
        Role.objects.create(key="porta", name="Porta", permissions=sorted(administers))
        Membership.objects.filter(role="owner").update(role="porta")

        asked = {"email": "nova@padaria.example", "role": "finance"}
        assert told(api.post("/invitations", asked)) == (403, "not_yours_to_give")

    def test_ends_with_the_key_that_sent_it(self, knock):
        inviting, other = knock("members:write", "members:read"), knock("members:write")
        mine = {"email": "nova@padaria.example", "role": "support"}
        inviting.post("/invitations", mine)
        other.post("/invitations", mine | {"email": "outra@padaria.example"})
        stolen = ApiKey.objects.get(id=Invitation.objects.get(email=mine["email"]).sent_by_key)

        revoke_key(key_id=stolen.id, at=now())
        revoke_key(key_id=stolen.id, at=now())

        states = dict(Invitation.objects.values_list("email", "status"))
        assert states == {"nova@padaria.example": "withdrawn", "outra@padaria.example": "open"}

    def test_ends_with_the_key_that_took_the_place_of_the_one_that_sent_it(self, knock):
        """A key that was stolen is exchanged first and revoked after: who it asked in stays out all the same."""
        inviting = knock("members:write", "members:read")
        inviting.post("/invitations", {"email": "nova@padaria.example", "role": "support"})
        stolen = ApiKey.objects.get(id=Invitation.objects.get().sent_by_key)
        maker = Maker(stolen.made_by, frozenset(stolen.scopes))
        heir = rotate_key(key_id=stolen.id, maker=maker, overlap=timedelta(0), at=now())

        revoke_key(key_id=heir.id, at=now())

        assert Invitation.objects.get().status == "withdrawn"
        Invitation.objects.update(status="open")  # one that was being sent in that very moment
        with pytest.raises(InvitationGone):
            sign_up_invited(token=Invitation.objects.get().token, name="Eva", at=now())


class TestMember:
    def test_is_given_another_role(self, api, fabio):
        known = api.get(f"/members/{fabio.id}").headers["ETag"]

        changed = api.patch(f"/members/{fabio.id}", {"role": "support"}, If_Match=known)
        late = api.patch(f"/members/{fabio.id}", {"role": "sales"}, If_Match=known)

        assert (changed.status_code, changed.json()["role"]) == (200, "support")
        assert late.status_code == 412
        assert Entry.objects.get(action="member.role_changed").actor.startswith("key:")

    @pytest.mark.parametrize(
        ("role", "code"), [("owner", "owner_stays"), ("admin", "given_by_people")]
    )
    def test_is_made_mighty_by_people_alone(self, api, fabio, role, code):
        refused = api.patch(f"/members/{fabio.id}", {"role": role}, If_Match="*")

        assert refused.json()["code"] == code
        fabio.refresh_from_db()
        assert fabio.role == "finance"


def test_a_key_does_not_pass_on_what_lets_people_in(api):
    wanted = {"name": "Filha", "scopes": ["members:write"]}

    assert told(api.post("/keys", wanted)) == (422, "scope_not_held")
