"""The least that is valid, for tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from alicerce.apps.customers.tests.factories import a_customer, a_customer_user, a_person
from alicerce.apps.privacy.models import Export, PrivacyRequest
from alicerce.apps.privacy.services.ask import ask_for_export
from alicerce.apps.privacy.services.export import build_export

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def a_buyer(name: str = "Renata Souza", **given: Any) -> tuple[Any, Any]:
    """A person and the customer they act for, alone."""
    customer = a_customer(name=name, **given)
    person = a_person(customer.email, name=name)
    a_customer_user(customer, person)
    return person, customer


def an_export(user_id: UUID, *, at: datetime = NOON) -> Export:
    request_id = ask_for_export(user_id=user_id, at=at)
    build_export(request_id=request_id, at=at)
    return Export.objects.get(request_id=request_id)


def request_row(request_id: UUID) -> PrivacyRequest:
    return PrivacyRequest.objects.get(pk=request_id)
