"""Every question of the client and every answer of the simulator, against a description of WHM's API.

The description is not ours to ship: ALICERCE_SPECS names its folder, `../shared/reference/specs`
is looked at otherwise, and without it these tests skip.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters

from alicerce.vendors.whm.zones import NewRecord

NEAR = Path(__file__).resolve().parents[6] / "shared" / "reference" / "specs"
SPECIFICATION = Path(os.environ.get("ALICERCE_SPECS") or NEAR) / "whm.subset.openapi.yaml"

pytestmark = pytest.mark.skipif(
    not SPECIFICATION.exists(), reason=f"no {SPECIFICATION}; set ALICERCE_SPECS"
)


@dataclass
class Asked:
    """A request as openapi-core looks at it."""

    host_url: str
    path: str
    body: bytes
    content_type: str
    method: str = "post"
    parameters: RequestParameters = field(default_factory=RequestParameters)


@dataclass
class Answered:
    status_code: int
    data: bytes
    content_type: str
    headers: dict[str, str] = field(default_factory=dict)


def _asked(request):
    url = urlsplit(str(request.url))
    said = request.content
    asked = Asked(
        f"{url.scheme}://{url.netloc}", url.path, said, request.headers["content-type"]
    )
    asked.parameters.header.update(request.headers)
    return asked


@pytest.fixture(scope="module")
def described():
    read = yaml.load(SPECIFICATION.read_text(), Loader=yaml.CSafeLoader)
    return OpenAPI.from_dict(read | {"servers": [{"url": "/json-api"}]})


@pytest.fixture
def checked(client, described):
    """The functions asked so far; whatever the client asks, and is told, is checked on the way."""
    functions = []

    def check(response):
        response.read()
        asked = _asked(response.request)
        answered = Answered(
            response.status_code, response.content, response.headers["content-type"]
        )
        described.validate_request(asked)
        described.validate_response(asked, answered)
        functions.append(asked.path.rpartition("/")[2])

    client._http.event_hooks = {"response": [check]}
    return functions


def test_client_and_simulator_keep_to_the_specification(client, create, checked):
    client.version()
    client.verify_new_username("padaria1")
    client.get_maximum_users()
    client.get_current_users_count()
    client.listpkgs()
    client.accountsummary("padaria1")
    create()
    client.accountsummary("padaria1")
    client.listaccts()
    zone = client.parse_dns_zone("padaria.com.br")
    record = NewRecord("a.padaria.com.br", "A", ("203.0.113.9",), 300)
    client.mass_edit_dns_zone(zone.name, serial=zone.serial, add=[record])
    client.adddns(domain="vazio.com.br", ip="203.0.113.7")
    client.start_autossl_check_for_one_user("padaria1")
    client.create_user_session("padaria1")
    client.passwd("padaria1", password="outra senha comprida")
    client.suspendacct("padaria1", reason="em atraso")
    client.unsuspendacct("padaria1")
    client.getpkginfo("basico")
    client.changepackage("padaria1", pkg="basico")
    client.removeacct("padaria1")

    assert len(set(checked)) == 19


def test_a_denial_keeps_to_the_specification(client, faults, checked):
    faults.arm("forbidden")

    with pytest.raises(Exception, match="Access denied"):
        client.version()
    assert checked == ["version"]
