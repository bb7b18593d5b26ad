"""What the simulated server keeps, and how it answers who does not ask well."""

import httpx
import pytest

from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.simulator import whm_app

from .conftest import TOKEN


@pytest.fixture
def ask(server, certificates):
    headers = {"Authorization": f"whm root:{TOKEN}"}
    with httpx.Client(
        base_url=server, verify=certificates.client_context(), headers=headers
    ) as http:

        def ask(function, **params):
            return http.get(f"/json-api/{function}", params=params)

        yield ask


class TestSimulator:
    def test_answers_in_the_old_shape_who_forgets_the_version(self, ask):
        assert ask("accountsummary", user="x").json() == {
            "result": [{"status": 0, "statusmsg": "Account does not exist."}]
        }

    def test_is_not_fooled_by_an_unknown_function(self, ask):
        said = ask("formatdisk", **{"api.version": 1}).json()

        assert said["metadata"]["result"] == 0
        assert "Unknown app" in said["metadata"]["reason"]

    def test_denies_who_shows_nothing(self, server, certificates):
        said = httpx.get(f"{server}/json-api/version", verify=certificates.client_context())

        assert said.status_code == 401
        assert said.json()["cpanelresult"]["error"] == "Access denied"

    def test_prints_the_password_unless_told_not_to(self, ask):
        wanted = {
            "api.version": 1,
            "username": "padaria1",
            "domain": "padaria.com.br",
            "password": "uma senha comprida",
        }

        assert "uma senha comprida" in ask("createacct", **wanted).text

    def test_searches_by_regular_expression_unless_exact(self, ask, create):
        create()
        asked = {"api.version": 1, "searchtype": "user", "search": "padaria"}

        assert len(ask("listaccts", **asked).json()["data"]["acct"]) == 1
        exact = ask("listaccts", **asked, searchmethod="exact").json()
        assert exact["data"]["acct"] == []

    def test_names_what_is_missing(self, ask):
        said = ask("createacct", **{"api.version": 1, "domain": "a.com.br"}).json()

        assert "username" in said["metadata"]["reason"]

    def test_remembers_its_accounts_after_it_was_killed(self, tmp_path):
        path = tmp_path / "whm.sqlite3"
        before = whm_app(Store(path), Faults(), token=TOKEN).state.machine
        before.add_zone("padaria.com.br", ip="203.0.113.7")
        after = whm_app(Store(path), Faults(), token=TOKEN).state.machine

        assert after.zone("padaria.com.br") == before.zone("padaria.com.br")

    def test_has_the_certificate_some_time_after_the_check_began(self, machine, create):
        create()
        start = machine.clock()
        machine.start_autossl("padaria1")
        assert machine.certificates() == []

        machine.clock = lambda: start.replace(year=start.year + 1)
        assert machine.certificates()[0]["servername"] == "padaria.com.br"

    def test_takes_only_zero_and_one_for_a_flag(self, ask, create):
        create()
        asked = {"api.version": 1, "user": "padaria1", "disallowun": "yes"}

        assert ask("suspendacct", **asked).json()["metadata"]["result"] == 0

    def test_lists_who_is_suspended_and_locked(self, ask, create):
        create()
        ask("suspendacct", **{"api.version": 1, "user": "padaria1", "disallowun": "1"})

        (row,) = ask("listsuspended", **{"api.version": 1}).json()["data"]["account"]
        assert (row["user"], row["is_locked"]) == ("padaria1", 1)

    def test_limits_those_who_have_an_edited_package(self, ask, create):
        create()
        asked = {"api.version": 1, "name": "basico", "quota": "700"}

        assert ask("editpkg", **asked).json()["metadata"]["result"] == 1
        shown = ask("accountsummary", **{"api.version": 1, "user": "padaria1"}).json()
        assert shown["data"]["acct"][0]["disklimit"] == "700M"
