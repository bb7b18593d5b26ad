"""Webhooks and the log of events, by the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alicerce.apps.endpoints.models import Delivery, Endpoint, LoggedEvent
from alicerce.apps.endpoints.services.deliver import claim
from alicerce.apps.endpoints.services.record_outcome import record_outcome
from alicerce.apps.endpoints.tests.factories import NOON, an_endpoint, an_event, tell
from alicerce.apps.endpoints.types import DeliveryStatus, Outcome
from alicerce.kernel.crypto import reveal
from alicerce.surfaces.api.tests.conftest import places
from alicerce.surfaces.api.tests.test_sorting import plan_of

# Each with an event of its own: a delivery is of one endpoint and one event.
SEEDED = """
    with made as (
        insert into endpoints_loggedevent
            (id, tenant_id, created_at, type, version, subject, at, data)
        select gen_random_uuid(), e.tenant_id, e.created_at, e.type, 1, e.subject, e.at, '{}'
        from endpoints_loggedevent e, generate_series(1, 3000)
        where e.id = (select event_id from endpoints_delivery limit 1)
        returning id, tenant_id, created_at, subject
    )
    insert into endpoints_delivery
        (id, tenant_id, created_at, endpoint_id, event_id, subject, status, attempts, tries,
        next_at, error)
    select gen_random_uuid(), made.tenant_id, made.created_at, %s, made.id, made.subject,
        'delivered', 1, 1, made.created_at, ''
    from made
"""
WANTED = {"url": "https://loja.example/hooks", "types": ["invoice.*"]}


class TestWebhooks:
    def test_are_created_with_a_secret_that_is_told_once(self, api):
        answer = api.post("/webhooks", WANTED)
        secret = answer.json()["secret"]

        assert answer.status_code == 201
        assert secret == reveal(Endpoint.objects.get(), "secret")
        shown = api.get(answer.headers["Location"].removeprefix("/v1"))
        assert shown.json()["url"] == WANTED["url"]
        assert secret not in shown.text + api.get("/webhooks").text

    @pytest.mark.parametrize(
        ("change", "code"),
        [({"url": "http://169.254.169.254/"}, "address_not_allowed"),
         ({"types": ["audit.seal_due"]}, "unknown_event_type")],
    )  # fmt: skip
    def test_are_refused_with_a_reason(self, api, change, code):
        answer = api.post("/webhooks", {**WANTED, **change})
        assert (answer.status_code, answer.json()["code"]) == (422, code)

    def test_are_changed_by_whoever_read_them(self, api):
        endpoint = an_endpoint()
        path = f"/webhooks/{endpoint.id}"
        tag = api.get(path).headers["ETag"]
        assert api.patch(path, {"enabled": False}).status_code == 428

        answer = api.patch(path, {"enabled": False, "description": "ERP"}, If_Match=tag)
        assert answer.json()["disabled"] == "by_hand"
        assert answer.json()["description"] == "ERP"
        assert api.patch(path, {"enabled": True}, If_Match=tag).status_code == 412

    @pytest.mark.parametrize("name", ["url", "types", "is_ordered", "enabled"])
    def test_keep_what_they_cannot_be_without(self, api, name):
        path = f"/webhooks/{an_endpoint().id}"

        answer = api.patch(path, {name: None}, If_Match="*")

        assert answer.status_code == 422
        assert [pointer for pointer, _ in places(answer)] == [f"/{name}"]

    def test_lose_a_description_that_is_emptied(self, api):
        path = f"/webhooks/{an_endpoint().id}"
        api.patch(path, {"description": "ERP"}, If_Match="*")

        assert api.patch(path, {}, If_Match="*").json()["description"] == "ERP"
        assert api.patch(path, {"description": None}, If_Match="*").json()["description"] == ""

    def test_are_rotated_tested_and_deleted(self, api):
        path = f"/webhooks/{an_endpoint().id}"
        assert api.post(f"{path}/secret").json()["secret"].startswith("whsec_")
        assert api.post(f"{path}/test").status_code == 202
        assert api.ask("delete", path).json()["deleted"]
        assert api.get(path).status_code == 404


class TestDeliveries:
    def test_are_listed_and_replayed(self, api):
        endpoint = an_endpoint()
        tell(an_event(), an_event())
        listed = api.get(f"/webhooks/{endpoint.id}/deliveries?status=pending").json()
        assert [d["type"] for d in listed["data"]] == ["invoice.paid"] * 2
        newest = listed["data"][0]["id"]
        assert api.post(f"/deliveries/{newest}/replay").json()["code"] == "delivery_still_open"

        Delivery.objects.update(status=DeliveryStatus.FAILED)
        assert api.post(f"/deliveries/{newest}/replay").status_code == 202
        assert api.get(f"/deliveries/{newest}").json()["status"] == "pending"

    def test_say_what_was_answered_to_each_attempt(self, api):
        endpoint = an_endpoint()
        tell(an_event())
        (parcel,) = claim(endpoint_id=endpoint.id, at=NOON)
        outcome = Outcome(503, answer="fora do ar", milliseconds=42)
        record_outcome(parcel=parcel, outcome=outcome, at=NOON)

        found = api.get(f"/deliveries/{parcel.delivery_id}").json()

        assert found["attempts"] == 1
        assert found["history"] == [
            {
                "number": 1,
                "at": "2026-09-01T12:00:00Z",
                "status": 503,
                "milliseconds": 42,
                "error": "",
                "answer": "fora do ar",
            }
        ]

    def test_are_replayed_since_a_moment(self, api):
        endpoint = an_endpoint()
        tell(an_event(), an_event(at=NOON - timedelta(days=2)))
        Delivery.objects.update(status=DeliveryStatus.FAILED)
        path = f"/webhooks/{endpoint.id}/replay"

        answer = api.post(path, {"since": "2026-09-01T00:00:00-03:00"})

        assert answer.status_code == 202
        assert (answer.json()["count"], answer.json()["left"]) == (1, 0)
        listed = api.get(answer.headers["Location"].removeprefix("/v1")).json()
        assert sorted(d["status"] for d in listed["data"]) == ["failed", "pending"]
        assert api.post(path, {"since": "2026-09-01T00:00:00"}).status_code == 422


class TestAListOfDeliveries:
    @pytest.mark.parametrize(
        ("query", "index"),
        [("", "deliveries_of_endpoint"), ("&status=failed", "deliveries_given_up")],
    )
    def test_is_read_off_an_index_however_many_there_are(self, api, query, index):
        """Of one endpoint among many deliveries, of which few were given up."""
        endpoint, other = an_endpoint(), an_endpoint(url="https://outra.example/hooks")
        tell(an_event(), an_event())
        with connection.cursor() as cursor:
            cursor.execute(SEEDED, [other.id])
            cursor.execute("analyze endpoints_delivery")
        with CaptureQueriesContext(connection) as asked:
            api.get(f"/webhooks/{endpoint.id}/deliveries?limit=1{query}")
        (listing,) = [q["sql"] for q in asked if 'FROM "endpoints_delivery"' in q["sql"]]

        plan = plan_of(listing)

        assert index in plan
        assert "Sort" not in plan


class TestEvents:
    def test_are_read_newest_first(self, api):
        first, second = an_event(), an_event()
        tell(first, second)
        page = api.get("/events?type=invoice.paid&limit=1").json()
        assert [e["id"] for e in page["data"]] == [str(second.id)]
        rest = api.get(f"/events?type=invoice.paid&limit=1&cursor={page['next_cursor']}")
        assert [e["id"] for e in rest.json()["data"]] == [str(first.id)]
        assert api.get(f"/events/{first.id}").json()["data"]["method"] == "pix"

    def test_go_on_from_their_end(self, api):
        first, second = an_event(), an_event()
        tell(first)
        page = api.get("/events?sort=created_at&type=invoice.paid").json()
        path = f"/events?sort=created_at&type=invoice.paid&cursor={page['next_cursor']}"
        assert [e["id"] for e in page["data"]] == [str(first.id)]
        assert page["has_more"] is False
        assert api.get(path).json()["next_cursor"] == page["next_cursor"]

        tell(second)
        assert [e["id"] for e in api.get(path).json()["data"]] == [str(second.id)]

    def test_have_a_place_to_go_on_from_before_the_first(self, api):
        page = api.get("/events?type=invoice.paid&sort=created_at").json()
        assert (page["data"], page["has_more"]) == ([], False)

        tell(an_event())
        again = api.get(
            f"/events?type=invoice.paid&sort=created_at&cursor={page['next_cursor']}"
        ).json()
        assert len(again["data"]) == 1

    def test_keep_their_places_when_older_ones_are_gone(self, api):
        tell(an_event())
        end = api.get("/events?sort=created_at").json()["next_cursor"]
        LoggedEvent.objects.all().delete()
        tell(an_event())
        again = api.get(f"/events?sort=created_at&cursor={end}").json()
        assert len(again["data"]) == 1

    def test_types_have_words_and_examples(self, api):
        types = {t["type"]: t for t in api.get("/event-types").json()["data"]}
        assert types["invoice.paid"]["sample"]["data"]["currency"] == "BRL"


class TestWhoMay:
    def test_not_without_the_scope(self, knock):
        for path in ("/webhooks", "/events", "/event-types"):
            assert knock("billing:read").get(path).status_code == 403, path
        assert knock("webhooks:read").post("/webhooks", WANTED).status_code == 403

    def test_not_find_the_neighbors(self, api, other_tenant):
        with other_tenant:
            theirs, event = an_endpoint(), an_event()
            tell(event)
            delivery = Delivery.objects.get()
        for path in (
            f"/webhooks/{theirs.id}",
            f"/webhooks/{theirs.id}/deliveries",
            f"/deliveries/{delivery.id}",
            f"/events/{event.id}",
        ):
            assert api.get(path).status_code == 404, path
        assert api.post(f"/deliveries/{delivery.id}/replay").status_code == 404
