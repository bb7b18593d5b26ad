"""Keys by API, and the same POST sent twice."""

from datetime import timedelta

import pytest

from alicerce.apps.customers.models import Customer
from alicerce.apps.developers.models import ApiKey
from alicerce.apps.developers.queries import live_with
from alicerce.apps.developers.services.retire_key import revoke_key, rotate_key
from alicerce.apps.hosting.tests.factories import NOON
from alicerce.apps.identity.models import User
from alicerce.apps.tenancy.services.team import remove_member
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.api.tests.conftest import RENATA, Api, told

OVERLAP = timedelta(hours=1)


def _first_and(made_id):
    return ApiKey.objects.get(made_by_key=None).id, made_id


class TestKeys:
    def test_are_made_by_a_key_within_its_own_scopes(self, knock):
        caller = knock("keys:write", "customers:read")

        made = caller.post("/keys", {"name": "Outra", "scopes": ["customers:read"]})

        assert made.status_code == 201
        assert Api(made.json()["secret"]).get("/me").json()["scopes"] == ["customers:read"]
        assert told(caller.post("/keys", {"name": "x", "scopes": ["billing:read"]})) == (
            422,
            "scope_not_held",
        )

    def test_open_from_no_more_places_than_the_key_that_made_them(self, knock):
        caller = knock(networks=("127.0.0.0/8",))
        body = {"name": "x", "scopes": ["keys:read"]}

        assert caller.post("/keys", body).json()["networks"] == ["127.0.0.0/8"]
        assert caller.post("/keys", body | {"networks": ["127.0.0.1"]}).status_code == 201
        for wider in (["0.0.0.0/0"], ["127.0.0.1", "192.0.2.1"], ["::/0"]):
            refused = caller.post("/keys", body | {"networks": wider})
            assert told(refused) == (422, "scope_not_held")

    def test_live_no_longer_than_the_key_that_made_them(self, knock):
        soon = now() + timedelta(days=1)
        caller, body = knock(expires_at=soon), {"name": "x", "scopes": ["keys:read"]}
        later = (soon + timedelta(days=1)).isoformat()

        made = caller.post("/keys", body)

        assert ApiKey.objects.get(pk=made.json()["id"]).expires_at == soon
        assert told(caller.post("/keys", body | {"expires_at": later})) == (
            422,
            "scope_not_held",
        )

    def test_are_not_exchanged_by_a_key_with_narrower_bounds(self, api, knock):
        caller = knock(networks=("127.0.0.0/8",))
        wide = ApiKey.objects.get(networks=[])

        assert told(caller.post(f"/keys/{wide.id}/rotate")) == (422, "scope_not_held")

    def test_end_with_the_key_that_made_them(self, knock):
        thief = knock("keys:write", "keys:read")
        made = thief.post(
            "/keys", {"name": "Minha", "scopes": ["keys:read", "keys:write"]}
        ).json()
        heir = Api(made["secret"]).post(f"/keys/{made['id']}/rotate", {"overlap_seconds": 3600})
        stolen = ApiKey.objects.get(made_by_key=None)

        revoke_key(key_id=stolen.id, at=now())

        for secret in (made["secret"], heir.json()["secret"]):
            assert Api(secret).get("/me").status_code == 401

    @pytest.mark.parametrize("revoked", ["the heir", "the first"])
    def test_end_with_it_whoever_exchanges_either(self, tenant, maker, knock, revoked):
        """A person exchanged both: what the first one made still has its power from it."""
        at = now()
        made = knock("keys:write", "keys:read").post(
            "/keys", {"name": "Filha", "scopes": ["keys:read", "keys:write"]}
        )
        first, child = (ApiKey.objects.get(pk=pk) for pk in _first_and(made.json()["id"]))
        grandchild = Api(made.json()["secret"]).post(
            "/keys", {"name": "Neta", "scopes": ["keys:read"]}
        )
        swapped = rotate_key(key_id=child.id, maker=maker, overlap=OVERLAP, at=at)
        heir = rotate_key(key_id=first.id, maker=maker, overlap=OVERLAP, at=at)
        begot = [made.json()["secret"], grandchild.json()["secret"], swapped.secret]
        assert [Api(one).get("/me").status_code for one in begot] == [200] * 3

        asked = heir.id if revoked == "the heir" else first.id
        named = live_with(asked, at=at)
        revoke_key(key_id=asked, at=at)

        assert [Api(one).get("/me").status_code for one in begot] == [401] * 3
        assert named == ["Filha", "Filha", "Neta"]
        still = Api(heir.secret).get("/me").status_code
        assert still == (401 if revoked == "the heir" else 200)

    def test_show_their_secret_to_no_second_request(self, api):
        sent = {"name": "Loja", "scopes": ["keys:read"]}, {"idempotency_key": "uma"}
        first, again = (api.post("/keys", sent[0], **sent[1]) for _ in range(2))

        assert first.json()["secret"].startswith("sk_live_")
        assert again.json() == first.json() | {"secret": None}
        assert again.headers["Idempotent-Replayed"] == "true"

    def test_have_the_tag_that_reading_them_shows(self, api):
        made = api.post("/keys", {"name": "Loja", "scopes": ["keys:read"]})

        read = api.get(f"/keys/{made.json()['id']}")

        assert made.headers["ETag"] == read.headers["ETag"]

    def test_are_shown_without_their_secret(self, api):
        (key,) = api.get("/keys").json()["data"]

        assert key["shown"].startswith("sk_live_")
        assert "secret" not in key
        assert api.headers["Authorization"].removeprefix("Bearer ") not in str(key)

    def test_are_exchanged_with_both_opening_for_a_while(self, api):
        (old,) = api.get("/keys").json()["data"]

        heir = api.post(f"/keys/{old['id']}/rotate", {"overlap_seconds": 3600}).json()

        assert api.get("/me").status_code == 200
        assert Api(heir["secret"]).get("/me").status_code == 200
        assert told(api.post(f"/keys/{old['id']}/rotate")) == (409, "key_already_rotated")

    def test_are_exchanged_at_once_when_so_wished(self, api):
        (old,) = api.get("/keys").json()["data"]

        api.post(f"/keys/{old['id']}/rotate", {"overlap_seconds": 0})

        assert told(api.get("/me")) == (401, "unauthenticated")

    def test_do_not_revive_when_their_maker_comes_back(self, tenant, maker, knock):
        caller = knock("customers:read")
        a_member(tenant, a_person("outra@padaria.example"), "owner")
        remove_member(user_id=maker.user_id, by=maker.user_id, at=now())
        assert caller.get("/me").json()["scopes"] == []
        run_jobs()
        a_member(tenant, User.objects.get(pk=maker.user_id), "owner")

        assert caller.get("/me").status_code == 401
        assert knock("customers:read").get("/me").status_code == 200

    def test_are_revoked(self, api, knock):
        other = knock("billing:read")
        key = ApiKey.objects.order_by("-id").first()

        answer = api.post(f"/keys/{key.id}/revoke")

        assert answer.json()["status"] == "revoked"
        assert told(other.get("/me")) == (401, "unauthenticated")

    @pytest.mark.parametrize("network", ["x", "192.0.2.0/99", ""])
    def test_open_from_networks_that_exist(self, api, network):
        body = {"name": "x", "scopes": ["keys:read"], "networks": [network]}

        assert told(api.post("/keys", body)) == (422, "bad_network")


class TestIdempotency:
    def test_does_it_once_and_answers_the_same(self, api):
        first = api.post("/customers", RENATA, Idempotency_Key="k1")
        again = api.post("/customers", RENATA, Idempotency_Key="k1")

        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers["Location"] == first.headers["Location"]
        assert again.headers["Idempotent-Replayed"] == "true"
        assert "Idempotent-Replayed" not in first.headers
        assert Customer.objects.count() == 1

    def test_refuses_another_body(self, api):
        api.post("/customers", RENATA, Idempotency_Key="k1")
        other = {**RENATA, "name": "Outra"}

        assert told(api.post("/customers", other, Idempotency_Key="k1")) == (
            422,
            "idempotency_key_reused",
        )

    def test_repeats_a_refusal_too(self, api):
        api.post("/customers", RENATA)
        first = api.post("/customers", RENATA, Idempotency_Key="k1")
        Customer.objects.all().delete()
        again = api.post("/customers", RENATA, Idempotency_Key="k1")

        assert first.status_code == again.status_code == 409
        assert again.headers["Idempotent-Replayed"] == "true"

    def test_forgets_what_never_began(self, api):
        assert api.post("/customers", {}, Idempotency_Key="k1").status_code == 422

        assert api.post("/customers", RENATA, Idempotency_Key="k1").status_code == 201

    def test_forgets_what_broke_on_our_side(self, api, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr(
                "alicerce.apps.customers.api.customers.create_customer", lambda **_: 1 / 0
            )
            assert api.post("/customers", RENATA, Idempotency_Key="k1").status_code == 500

        assert api.post("/customers", RENATA, Idempotency_Key="k1").status_code == 201

    def test_is_of_one_key_and_one_route(self, knock):
        one, other = knock(), knock()

        assert one.post("/customers", RENATA, Idempotency_Key="k").status_code == 201
        assert other.post("/customers", RENATA, Idempotency_Key="k").status_code == 409
        body = {"name": "x", "scopes": ["keys:read"]}
        assert one.post("/keys", body, Idempotency_Key="k").status_code == 201

    def test_ends_after_a_day(self, api):
        from alicerce.apps.developers.models import KeptAnswer

        api.post("/customers", RENATA, Idempotency_Key="k1")
        KeptAnswer.objects.update(answered_at=NOON - timedelta(days=100))

        assert told(api.post("/customers", RENATA, Idempotency_Key="k1")) == (
            409,
            "customer_taken",
        )

    @pytest.mark.parametrize("key", ["", " ", "ç", "x" * 256])
    def test_wants_a_key_that_is_one(self, api, key):
        assert told(api.post("/customers", RENATA, Idempotency_Key=key)) == (
            400,
            "bad_idempotency_key",
        )

    def test_keeps_no_secret_in_the_clear(self, api):
        from alicerce.apps.developers.models import KeptAnswer

        made = api.post("/keys", {"name": "x", "scopes": ["keys:read"]}, Idempotency_Key="k")

        assert made.json()["secret"].encode() not in bytes(KeptAnswer.objects.get().body)
