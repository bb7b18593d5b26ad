"""Who is told: making, changing, closing endpoints."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.endpoints.errors import AddressNotAllowed, TooManyEndpoints, UnknownEventType
from alicerce.apps.endpoints.events import ClearingDue, EndpointDisabled
from alicerce.apps.endpoints.models import Delivery, Endpoint
from alicerce.apps.endpoints.rules.catalog import is_known, offered
from alicerce.apps.endpoints.rules.signing import new_secret
from alicerce.apps.endpoints.types import DisabledReason, EndpointForm
from alicerce.kernel import safe_http
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal
from alicerce.kernel.locks import hold

MOST_PER_TENANT = 10


@transaction()
def create_endpoint(*, form: EndpointForm, at: datetime) -> tuple[UUID, str]:
    """The endpoint and its secret, which is never told again.

    Raises AddressNotAllowed, UnknownEventType, TooManyEndpoints.
    """
    _check(form)
    hold("endpoints.limit")
    if Endpoint.objects.count() >= MOST_PER_TENANT:
        raise TooManyEndpoints
    secret, endpoint = new_secret(), Endpoint(**_wanted(form))
    endpoint.take_secret(secret, at=at)
    endpoint.save(force_insert=True)
    _record("created", endpoint.id, after=_said(_wanted(form)), at=at)
    return endpoint.id, secret


@transaction()
def update_endpoint(*, endpoint_id: UUID, form: EndpointForm, at: datetime) -> None:
    """Raises AddressNotAllowed, UnknownEventType, Endpoint.DoesNotExist."""
    _check(form)
    before = Endpoint.objects.lock(endpoint_id).change(**_wanted(form))
    if before:
        after = {name: value for name, value in _wanted(form).items() if name in before}
        _record("updated", endpoint_id, before=_said(before), after=_said(after), at=at)


def lock_endpoint(*, endpoint_id: UUID) -> None:
    """Hold it while somebody compares what they read before. Raises Endpoint.DoesNotExist."""
    Endpoint.objects.lock(endpoint_id)


@transaction()
def rotate_secret(*, endpoint_id: UUID, at: datetime) -> str:
    """A new secret. For a day both sign, so that receivers change at their own time."""
    secret, endpoint = new_secret(), Endpoint.objects.lock(endpoint_id)
    endpoint.take_secret(secret, at=at)
    endpoint.save(update_fields=["secret", "previous_secret", "previous_secret_until"])
    _record("secret_rotated", endpoint_id, at=at)
    return secret


@transaction()
def delete_endpoint(*, endpoint_id: UUID, at: datetime) -> None:
    """Gone for everybody, with its secret; its deliveries follow piece by piece. The events stay."""
    Endpoint.objects.lock(endpoint_id).part(at=at)
    _record("deleted", endpoint_id, at=at)
    publish(ClearingDue(at=at, endpoint_id=endpoint_id))


@transaction()
def enable_endpoint(*, endpoint_id: UUID, at: datetime) -> None:
    """From now on. What was given up meanwhile is sent when somebody asks for it."""
    if Endpoint.objects.lock(endpoint_id).enable():
        _record("enabled", endpoint_id, at=at)


@transaction()
def disable_endpoint(
    *, endpoint_id: UUID, at: datetime, reason: DisabledReason = DisabledReason.BY_HAND
) -> bool:
    """Send nothing more, and give up what waits; whether it was enabled."""
    endpoint = Endpoint.objects.lock(endpoint_id)
    if not endpoint.disable(reason):
        return False
    Delivery.objects.give_up_all(endpoint, f"disabled: {reason}")
    _record("disabled", endpoint_id, after={"reason": str(reason)}, at=at)
    publish(EndpointDisabled(at=at, endpoint_id=endpoint_id, reason=str(reason)))
    return True


def _check(form: EndpointForm) -> None:
    try:
        safe_http.check_url(form.url)
    except Refusal as refusal:
        raise AddressNotAllowed from refusal
    names = [event.type for event in offered()]
    if not form.types or not all(is_known(pattern, names) for pattern in form.types):
        raise UnknownEventType


def _wanted(form: EndpointForm) -> dict[str, Any]:
    return {
        "url": form.url,
        "types": _sorted(form.types),
        "description": form.description,
        "is_ordered": form.is_ordered,
    }


def _sorted(types: Iterable[str]) -> list[str]:
    return sorted(set(types))


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Without the address: its path may carry a token of theirs."""
    return {
        name: "changed" if name == "url" else value
        for name, value in values.items()
        if name != "description"
    }


def _record(
    what: str,
    endpoint_id: UUID,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    at: datetime,
) -> None:
    audit.record(
        action=f"endpoint.{what}",
        entity="endpoint",
        entity_id=endpoint_id,
        before=before,
        after=after,
        at=at,
    )
