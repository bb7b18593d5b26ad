"""A WHM whose address a user typed: it is reached by the one way to such addresses, or not at all."""

from dataclasses import replace

import httpx

from alicerce.kernel import safe_http
from alicerce.kernel.http import Unknown
from alicerce.kernel.safe_http import Call, Policy
from alicerce.vendors.whm.client import WhmClient, trusting

UNTOLD = frozenset({"host", "connection", "accept-encoding", "content-length"})
"""Headers that the way itself sets."""


class Guarded(httpx.BaseTransport):
    """Carries a client's calls by kernel.safe_http, which vets every address it connects to."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    # lint: allow names because httpx calls it by this name
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises Refusal, Unavailable or Unknown, which pass through the client as they are."""
        told = {name: value for name, value in request.headers.items() if name not in UNTOLD}
        asked = Call(request.method, str(request.url), told, request.read())
        answer = safe_http.call(asked, policy=self._policy)
        if answer.is_cut:
            raise Unknown("WHM: an answer that does not end")
        kind = answer.headers.get("content-type", "")
        return httpx.Response(
            answer.status, headers={"content-type": kind}, content=answer.body, request=request
        )


def guarded_client(
    *, base_url: str, username: str, token: str, ca_pem: str, policy: Policy
) -> WhmClient:
    """A client that never follows a user into our own network. Raises BadCertificate."""
    trust = trusting(ca_pem) if ca_pem else None
    return WhmClient(
        base_url=base_url,
        username=username,
        token=token,
        transport=Guarded(replace(policy, trust=trust)),
    )
