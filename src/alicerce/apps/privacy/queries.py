"""What is asked about people's data, and what they agreed to."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.privacy.models import Consent, Export, PrivacyRequest
from alicerce.apps.privacy.types import ConsentView, Purpose, RequestView
from alicerce.kernel.db import as_operator, transaction

PAGE = 50


@transaction()
def requests_of(user_id: UUID) -> list[RequestView]:
    """A person's requests to the current tenant, newest first."""
    found = PrivacyRequest.objects.filter(user_id=user_id).order_by("-id")
    return [request.view() for request in found[:PAGE]]


@transaction()
def request_of(*, request_id: UUID, user_id: UUID) -> RequestView | None:
    """The request, if it is this person's own."""
    found = PrivacyRequest.objects.filter(pk=request_id, user_id=user_id).first()
    return found.view() if found else None


@transaction()
def request(request_id: UUID) -> RequestView | None:
    found = PrivacyRequest.objects.filter(pk=request_id).first()
    return found.view() if found else None


@transaction()
def copy_lives_until(*, export_id: UUID, user_id: UUID) -> datetime | None:
    """When this person's own copy goes; None where it is not theirs or not there."""
    mine = Export.objects.filter(pk=export_id, request__user_id=user_id)
    found: datetime | None = mine.values_list("expires_at", flat=True).first()
    return found


def requests_everywhere(*, only_waiting: bool = True) -> list[RequestView]:
    """Requests of every tenant, for operators; those due first on top."""
    with as_operator():
        found = PrivacyRequest.objects.order_by("due_on", "id")
        found = found.waiting() if only_waiting else found.order_by("-id")
        return [each.view() for each in found[:PAGE]]


def consents_of(user_id: UUID) -> list[ConsentView]:
    return [consent_of(user_id, purpose) for purpose in Purpose]


@transaction()
def consent_of(user_id: UUID, purpose: Purpose) -> ConsentView:
    """The person's last word; who never said anything said no."""
    said = Consent.objects.filter(user_id=user_id, purpose=purpose)
    last = said.order_by("-id").first()
    if last is None:
        return ConsentView(purpose, given=False, version="", at=None)
    return ConsentView(purpose, given=last.given, version=last.version, at=last.at)


def erasures_due(at: datetime) -> list[tuple[UUID, UUID]]:
    """Tenant and request of each, for the clock."""
    with as_operator():
        return list(PrivacyRequest.objects.due(at).values_list("tenant_id", "id"))


def tenants_with_expired_exports(at: datetime) -> list[UUID]:
    with as_operator():
        expired = Export.objects.filter(expires_at__lte=at)
        return list(expired.values_list("tenant_id", flat=True).distinct())
