"""One request, one transaction: what it did and what it answered stay together, or neither."""

from hashlib import sha256

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja.operation import Operation

from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import Attempt, Kept
from alicerce.kernel.db import transaction
from alicerce.kernel.products import has_product, product_of
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.etags import etag_of, is_known
from alicerce.kernel.rest.problems import NotFound
from alicerce.surfaces.api.reading import expansions, idempotency_key
from alicerce.surfaces.api.refusals import refusal
from alicerce.surfaces.api.relations import fill
from alicerce.surfaces.api.visit import Visit

KEPT_HEADERS = ("Content-Type", "Location", "ETag")
BROKEN, NOT_MODIFIED = 500, 304
SECRET = b'"secret"'


def run(visit: Visit) -> HttpResponse:
    """Do what is asked for. An error undoes all of it."""
    key = idempotency_key(visit.request)
    with transaction():
        response = _once(visit, key) if key else _perform(visit)
    if isinstance(response, Answer):
        response.finish()
    return response


def _perform(visit: Visit) -> HttpResponse:
    assert visit.operation is not None
    _refuse_without_product(visit.operation)
    answer: HttpResponseBase = visit.operation.run(visit.request, **visit.values)
    assert isinstance(answer, Answer), f"{visit.route} answered no Answer"
    single = not hasattr(answer.told, "next_cursor") and bool(answer.rows)
    if single and "ETag" not in answer.headers:
        answer.headers["ETag"] = etag_of(answer.rows[0])
    fill(answer, expansions(visit.request), scopes=visit.scopes)
    answer.close_up(path=visit.request.path)
    return _unless_known(visit, answer)


def _refuse_without_product(operation: Operation) -> None:
    """Raises NotFound: what belongs to a product this company has not is not there for it."""
    product = product_of(operation.view_func)
    if product is not None and not has_product(product):
        raise NotFound


def _unless_known(visit: Visit, answer: Answer) -> HttpResponse:
    """304 to whoever reads again what did not change."""
    known = visit.request.headers.get("If-None-Match", "")
    tag = answer.headers.get("ETag", "")
    is_read = visit.request.method in {"GET", "HEAD"} and not expansions(visit.request)
    if tag and is_read and is_known(tag, known):
        return HttpResponse(status=NOT_MODIFIED, headers={"ETag": tag})
    return answer


def _once(visit: Visit, key: str) -> HttpResponse:
    """The same key does it once, and is answered the same again."""
    attempt = _attempt(visit, key)
    if kept := developers.kept_answer(attempt=attempt, at=visit.at):
        return _replay(kept)
    try:
        with transaction():
            response = _perform(visit)
    except Exception as error:
        response = refusal(error, request_id=str(visit.id))
        if not getattr(visit.request, "began", False) or response.status_code >= BROKEN:
            raise  # nothing was begun, or nobody knows: the key stays free
    _keep(response, attempt, visit)
    return response


def _attempt(visit: Visit, key: str) -> Attempt:
    assert visit.admission is not None
    said = b"\0".join([visit.request.get_full_path().encode(), visit.request.body])
    route = f"{visit.request.method} {visit.route}"
    return Attempt(visit.admission.key_id, route, key, sha256(said).hexdigest())


def _replay(kept: Kept) -> HttpResponse:
    headers = {**kept.headers, "Idempotent-Replayed": "true"}
    return HttpResponse(kept.body, status=kept.status, headers=headers)


def _without_secret(body: bytes) -> bytes:
    """A secret is shown once, and of it only a digest is stored: the repeated answer has none."""
    if SECRET not in body:
        return body
    told = orjson.loads(body)
    return orjson.dumps(told | {"secret": None}) if told.get("secret") else body


def _keep(response: HttpResponse, attempt: Attempt, visit: Visit) -> None:
    headers = {n: response.headers[n] for n in KEPT_HEADERS if n in response.headers}
    kept = Kept(response.status_code, headers, _without_secret(response.content))
    developers.keep_answer(attempt=attempt, kept=kept, at=visit.at)
