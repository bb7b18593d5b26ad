"""Host names by API."""

from uuid import uuid4

from alicerce.apps.developers.types import Mode
from alicerce.apps.hostnames.services.look import look
from alicerce.apps.hostnames.tests.conftest import LOJA, NOON, dns, dns_site
from alicerce.surfaces.api.tests.conftest import told

__all__ = ["dns", "dns_site"]


class TestHostNames:
    def test_live_from_attached_to_detached(self, api, dns):
        made = api.post("/host-names", {"domain": LOJA})
        name = made.json()
        here = f"/host-names/{name['id']}"
        proof = name["records"][0]
        assert (made.status_code, made.headers["Location"]) == (201, f"/v1{here}")
        assert (name["state"], name["is_primary"]) == ("waiting", False)
        assert told(api.post(f"{here}/primary")) == (409, "host_name_not_proven")

        dns.put(proof["name"], proof["type"], [proof["value"]])
        assert api.post(f"{here}/verify").status_code == 202
        look(name_id=name["id"], at=NOON)
        assert api.get(here).json()["state"] == "active"
        assert api.post(f"{here}/primary").json()["is_primary"]
        listed = api.get("/host-names?state=active").json()["data"]
        assert [one["domain"] for one in listed] == [LOJA]

        assert api.ask("delete", here).json()["state"] == "detached"
        assert told(api.ask("delete", here)) == (409, "host_name_is_over")
        assert told(api.post(f"{here}/verify")) == (409, "host_name_is_over")

    def test_are_refused_with_reasons(self, api, knock):
        api.post("/host-names", {"domain": LOJA})
        assert told(api.post("/host-names", {"domain": LOJA})) == (409, "already_attached")
        assert told(api.post("/host-names", {"domain": "a b"})) == (422, "bad_host_name")
        assert told(api.get(f"/host-names/{uuid4()}"))[0] == 404
        reader = knock("host_names:read")
        assert reader.get("/host-names").status_code == 200
        assert told(reader.post("/host-names", {"domain": "x.com.br"}))[0] == 403
        trial = knock(mode=Mode.TEST)
        assert told(trial.post("/host-names", {"domain": "x.com.br"})) == (
            409,
            "live_mode_only",
        )
