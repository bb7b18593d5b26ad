"""Write down what became of an attempt, and what follows from it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from alicerce.apps.endpoints.models import Attempt, Delivery, Endpoint
from alicerce.apps.endpoints.rules.schedule import next_try, verdict
from alicerce.apps.endpoints.rules.signing import without_signature
from alicerce.apps.endpoints.services.manage_endpoint import disable_endpoint
from alicerce.apps.endpoints.types import DisabledReason, Outcome, Parcel, Verdict
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction


@transaction()
def record_outcome(*, parcel: Parcel, outcome: Outcome, at: datetime) -> None:
    """An attempt that was taken over meanwhile is written down, and decides nothing."""
    endpoint = Endpoint.objects.lock_if_there(parcel.endpoint_id)
    if endpoint is None:
        return  # deleted while the parcel was on its way
    delivery = Delivery.objects.lock(parcel.delivery_id)
    _log(parcel, outcome, at)
    if not delivery.is_at(parcel.number):
        return
    judged = verdict(outcome.status)
    if judged is Verdict.DELIVERED:
        delivery.become_delivered(outcome, at=at)
        endpoint.note_success()
    else:
        _fail(endpoint, delivery, outcome, at)
    if judged is Verdict.GONE:
        _disable(endpoint, DisabledReason.GONE, at)


def _log(parcel: Parcel, outcome: Outcome, at: datetime) -> None:
    attempt = Attempt(
        delivery_id=parcel.delivery_id,
        number=parcel.number,
        at=at,
        url=parcel.url,
        headers=without_signature(parcel.headers),
        status=outcome.status,
        error=outcome.error[:200],
        answer=outcome.answer,
        milliseconds=outcome.milliseconds,
    )
    Attempt.objects.bulk_create([attempt], ignore_conflicts=True)


def _fail(endpoint: Endpoint, delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    has_failed_for_long = endpoint.note_failure(at=at)
    following = next_try(
        tries=delivery.tries,
        failures=endpoint.failures,
        status=outcome.status,
        retry_after=outcome.retry_after,
        at=at,
    )
    if following.rest:
        endpoint.rest(at + following.rest)
    if following.delay is None:
        delivery.give_up(outcome)
    else:
        delivery.wait(outcome, until=at + following.delay)
    if has_failed_for_long:
        _disable(endpoint, DisabledReason.FAILING, at)


def _disable(endpoint: Endpoint, reason: DisabledReason, at: datetime) -> None:
    """And say so to the company: nobody looks at a page that was always green."""
    if disable_endpoint(endpoint_id=endpoint.id, reason=reason, at=at):
        _tell_company(endpoint.id, endpoint.url, reason, at)


def _tell_company(endpoint_id: UUID, url: str, reason: DisabledReason, at: datetime) -> None:
    tenant = tenancy.tenant_card()
    notify.send(
        template="endpoint_disabled",
        to=tenant.alert_email or settings.ALERT_EMAIL,
        key=f"endpoint-disabled:{endpoint_id}:{at.isoformat()}",
        values={
            "url": url,
            "reason": str(reason),
            "link_endpoint": f"{tenant.base_url}/app/desenvolvedores/webhooks/{endpoint_id}/",
        },
        locale=tenant.locale,
        at=at,
    )
