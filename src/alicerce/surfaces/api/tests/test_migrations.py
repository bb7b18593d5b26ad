"""A migration by API: asked for, followed, corrected, canceled."""

from uuid import uuid4

import pytest

from alicerce.apps.hosting.ports import panels
from alicerce.apps.hosting.tests.doubles import LettersInMemory, PanelInMemory
from alicerce.apps.hosting.tests.factories import a_service
from alicerce.apps.notify.ports import mailers
from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.ports import SourceRefusal, movers
from alicerce.apps.transfers.tests.doubles import MoverInMemory
from alicerce.apps.transfers.tests.factories import TOKEN, a_transfer, an_active_service
from alicerce.apps.transfers.types import Code, Stage
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.api.tests.conftest import places, told


@pytest.fixture
def mover(monkeypatch):
    mover = MoverInMemory()
    monkeypatch.setitem(movers, "whm", mover)
    monkeypatch.setitem(mailers, "smtp", LettersInMemory())
    return mover


@pytest.fixture
def service(tenant, monkeypatch, mover):
    panel = PanelInMemory()
    monkeypatch.setitem(panels, "whm", lambda access: panel)
    service = an_active_service()
    panel.accounts[service.username] = service.domain
    return service


def wanted(service, **source):
    facts = {"host": "cpanel.antiga.com.br", "username": "padaria1", "token": TOKEN}
    return {"service_id": str(service.id), "source": {**facts, **source}, "note": "À noite"}


class TestAsking:
    def test_is_accepted_and_followed_to_its_end(self, api, service):
        answer = api.post("/migrations", wanted(service))
        row = answer.json()

        assert answer.status_code == 202
        assert answer.headers["Location"] == f"/v1/migrations/{row['id']}"
        assert (row["state"], row["facts"], row["token_kept"]) == ("examining", None, True)
        assert row["source"] == {
            "host": "cpanel.antiga.com.br",
            "port": 2087,
            "login": "root",
            "username": "padaria1",
        }
        assert TOKEN not in answer.text

        run_jobs()
        row = api.get(f"/migrations/{row['id']}").json()

        assert (row["state"], row["findings"]) == ("ready", [])
        assert row["facts"]["disk_used_bytes"] == 734003200
        assert row["facts"]["domains"] == [{"name": "padaria.com.br", "kind": "main"}]

    def test_is_done_once_under_one_name(self, api, service):
        answers = [
            api.post("/migrations", wanted(service), Idempotency_Key="m-1") for _ in range(2)
        ]

        assert answers[0].json()["id"] == answers[1].json()["id"]
        assert Transfer.objects.count() == 1

    def test_says_why_it_is_blocked_in_the_readers_language(self, api, service, mover):
        mover.troubles = [SourceRefusal(Code.DENIED, "Access denied")]
        made = api.post("/migrations", wanted(service)).json()["id"]
        run_jobs()

        portuguese = api.get(f"/migrations/{made}").json()
        english = api.get(f"/migrations/{made}", Accept_Language="en").json()

        assert portuguese["state"] == "blocked"
        (found,) = portuguese["findings"]
        assert (found["code"], found["blocks"]) == ("wrong_token", True)
        assert found["message"].startswith("A origem recusou o token")
        assert english["findings"][0]["message"].startswith("The source refused the token")

    def test_is_refused_for_what_cannot_be(self, api, service):
        assert told(api.post("/migrations", wanted(service, port=25))) == (
            422,
            "source_not_allowed",
        )
        assert told(api.post("/migrations", wanted(service, certificate="x"))) == (
            422,
            "bad_source_certificate",
        )
        assert told(api.post("/migrations", wanted(a_service()))) == (409, "service_not_active")
        absent = wanted(service) | {"service_id": str(uuid4())}
        assert told(api.post("/migrations", absent)) == (404, "no_such_service")

        api.post("/migrations", wanted(service))
        again = api.post("/migrations", wanted(service))
        assert told(again) == (409, "migration_already_open")

    def test_names_what_is_wrong_in_a_body(self, api, service):
        answer = api.post("/migrations", wanted(service, username="Padaria 1", token="x"))

        assert answer.status_code == 422
        assert places(answer) == {
            ("/source/username", "bad_format"),
            ("/source/token", "too_short"),
        }

    def test_asks_for_the_scope(self, knock, service):
        reader = knock("migrations:read")

        assert reader.post("/migrations", wanted(service)).status_code == 403
        assert reader.get("/migrations").status_code == 200
        assert knock("services:read").get("/migrations").status_code == 403


class TestListing:
    def test_is_by_state_service_and_customer(self, api, service):
        ours, other = a_transfer(service), a_transfer()
        Transfer.objects.filter(pk=other.id).update(stage=Stage.BLOCKED)

        def ids(query):
            return [row["id"] for row in api.get(f"/migrations{query}").json()["data"]]

        assert ids("") == [str(other.id), str(ours.id)]
        assert ids("?state=blocked") == [str(other.id)]
        assert ids(f"?service_id={service.id}") == [str(ours.id)]
        assert ids(f"?customer_id={service.customer_id}") == [str(ours.id)]

    def test_goes_on_where_it_stopped(self, api, service):
        made = [str(a_transfer(each).id) for each in (service, an_active_service())]

        first = api.get("/migrations?limit=1").json()
        second = api.get(f"/migrations?limit=1&cursor={first['next_cursor']}").json()

        assert [first["data"][0]["id"], second["data"][0]["id"]] == made[::-1]
        assert (first["has_more"], second["has_more"]) == (True, False)

    def test_brings_the_customer(self, api, service):
        a_transfer(service)

        (row,) = api.get("/migrations?expand=customer").json()["data"]

        assert row["customer"]["id"] == row["customer_id"]


class TestExaminingAgain:
    def test_takes_a_correction(self, api, service, mover):
        mover.troubles = [SourceRefusal(Code.DENIED, "Access denied")]
        made = api.post("/migrations", wanted(service)).json()["id"]
        run_jobs()

        answer = api.post(f"/migrations/{made}/examine", {"source": {"token": "TOKEN-CERTO"}})
        run_jobs()

        assert (answer.status_code, answer.json()["state"]) == (202, "examining")
        assert api.get(f"/migrations/{made}").json()["state"] == "ready"

    def test_takes_no_token_elsewhere(self, api, service):
        made = api.post("/migrations", wanted(service)).json()["id"]
        assert told(api.post(f"/migrations/{made}/examine")) == (
            409,
            "migration_still_examined",
        )
        run_jobs()

        theft = api.post(f"/migrations/{made}/examine", {"source": {"host": "ladrao.com.br"}})

        assert told(theft) == (422, "source_token_needed")
        assert Transfer.objects.get(pk=made).source.host == "cpanel.antiga.com.br"


class TestCanceling:
    def test_destroys_the_token(self, api, service):
        made = api.post("/migrations", wanted(service)).json()["id"]

        row = api.post(f"/migrations/{made}/cancel").json()

        assert (row["state"], row["token_kept"]) == ("canceled", False)
        assert told(api.post(f"/migrations/{made}/cancel")) == (409, "migration_is_over")
        assert told(api.post(f"/migrations/{made}/examine")) == (409, "migration_is_over")

    def test_is_not_for_what_is_being_moved(self, api, service):
        transfer = a_transfer(service)
        Transfer.objects.filter(pk=transfer.id).update(stage=Stage.MOVING)

        answer = api.post(f"/migrations/{transfer.id}/cancel")

        assert told(answer) == (409, "migration_is_moving")
