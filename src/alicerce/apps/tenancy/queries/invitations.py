"""What the invited person and their letter may know of an invitation."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.urls import reverse

from alicerce.apps.tenancy.models import Invitation, Tenant
from alicerce.apps.tenancy.models.invitation import digest_of
from alicerce.apps.tenancy.queries.team import role_of
from alicerce.apps.tenancy.queries.tenants import address_of
from alicerce.apps.tenancy.types import InvitationLetter, Invited, Purpose
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction


def invitation_by(token: str, *, at: datetime) -> Invited | None:
    """What a token invites to; None when it never did, or does not any more."""
    with connection.cursor() as cursor:
        cursor.execute("select tenant_of_invitation(%s)", [digest_of(token)])
        (tenant_id,) = cursor.fetchone()
    if tenant_id is None:
        return None
    with acting(tenant_id=tenant_id), transaction():
        row = Invitation.objects.open().filter(token_hash=digest_of(token)).first()
        return _invited(row) if row and row.is_good(at=at) else None


def letter_of(invitation_id: UUID, *, at: datetime) -> InvitationLetter | None:
    """What to write to the invited person; None once there is nothing to write about."""
    row = Invitation.objects.select_related("invited_by").get(pk=invitation_id)
    if not row.is_good(at=at):
        return None
    path = reverse("site:invitation", args=[row.token])
    return InvitationLetter(
        invited=_invited(row),
        letters=row.letters,
        locale=Tenant.objects.values_list("locale", flat=True).get(pk=row.tenant_id),
        link=address_of(row.tenant_id).rstrip("/") + path,
    )


def _invited(row: Invitation) -> Invited:
    role = role_of(row.role)
    return Invited(
        id=row.id,
        tenant_id=row.tenant_id,
        tenant_name=Tenant.objects.values_list("name", flat=True).get(pk=current_tenant_id()),
        purpose=Purpose(row.purpose),
        email=row.email,
        role=role.name if role else "",
        inviter=row.invited_by.name or row.invited_by.email,
    )
