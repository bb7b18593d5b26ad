"""The endpoints about who is invited to the team, and taking that back."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.tenancy import permissions as may
from alicerce.apps.tenancy.api.callers import TeamGoneOut, caller_of
from alicerce.apps.tenancy.queries import team as queries
from alicerce.apps.tenancy.services.invite import invite_member, withdraw_invitation
from alicerce.apps.tenancy.types import InvitationView, Purpose
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row, Slice, created
from alicerce.kernel.rest.fields import Email
from alicerce.kernel.rest.listing import ListOut
from alicerce.kernel.rest.problems import NotFound
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Team"])


class InvitationOut(Schema):
    """Um convite para a equipe que ninguém respondeu."""

    object: Literal["invitation"]
    id: UUID
    email: str = Field(examples=["fabio@example.com"])
    role: str = Field(description="Um `key` de `GET /v1/roles`.", examples=["finance"])
    role_name: str = Field(examples=["Financeiro"])
    status: Literal["open", "expired"]
    sent_at: datetime
    expires_at: datetime


class InvitationListOut(ListOut):
    """Todos os convites em aberto."""

    data: list[InvitationOut]


class InvitationIn(Input):
    """Quem é convidado, e para quê."""

    email: Email
    role: str = Field(
        min_length=1,
        max_length=40,
        description="Um `key` de `GET /v1/roles`.",
        examples=["finance"],
    )


@router.get(
    "/invitations",
    response=InvitationListOut,
    operation_id="listInvitations",
    summary="Listar os convites",
)
@requires(may.MEMBERS_READ)
def list_invitations(request: Request) -> Answer:
    """Os convites que ninguém respondeu, do mais novo para o mais antigo."""
    found = queries.invitations(purpose=Purpose.MEMBER, at=now())
    return Answer(Slice([_invitation(each) for each in found], None))


@router.post(
    "/invitations",
    response={201: InvitationOut},
    operation_id="createInvitation",
    summary="Convidar uma pessoa",
)
@requires(may.MEMBERS_WRITE)
@refusing(
    (403, "not_yours_to_give"),
    (403, "given_by_people"),
    (404, "unknown_role"),
    (409, "owner_stays"),
    (409, "limit_reached"),
    (429, "too_many_invitations"),
)
def post_invitation(request: Request, wanted: InvitationIn) -> Answer:
    """Envia um convite por e-mail. Pedir de novo para o mesmo endereço envia outra carta.

    Quem fez esta chave precisa poder tudo o que o papel pode. Um papel que convida ou muda papéis só é
    dado por uma pessoa, na página da equipe. Revogar a chave retira os convites dela que ninguém aceitou.
    """
    caller, at = caller_of(request), now()
    invitation_id = invite_member(
        email=wanted.email, role=wanted.role, by=caller.made_by, key_id=caller.key_id, at=at
    )
    sent = queries.invitation(invitation_id, at=at)
    assert sent is not None
    return created(_invitation(sent), location=f"/v1/invitations/{invitation_id}")


@router.get(
    "/invitations/{uuid:invitation_id}",
    response=InvitationOut,
    operation_id="getInvitation",
    summary="Mostrar um convite",
)
@requires(may.MEMBERS_READ)
def get_invitation(request: Request, invitation_id: UUID) -> Answer:
    """Um convite que ninguém respondeu."""
    found = queries.invitation(invitation_id, at=now())
    if found is None:
        raise NotFound
    return Answer(_invitation(found))


@router.delete(
    "/invitations/{uuid:invitation_id}",
    response=TeamGoneOut,
    operation_id="deleteInvitation",
    summary="Retirar um convite",
)
@requires(may.MEMBERS_WRITE)
def delete_invitation(request: Request, invitation_id: UUID) -> Answer:
    """O link do convite deixa de abrir."""
    if not queries.is_invited(invitation_id):
        raise NotFound
    withdraw_invitation(invitation_id=invitation_id, by=caller_of(request).made_by, at=now())
    return Answer({"object": "invitation", "id": invitation_id, "deleted": True})


def _invitation(each: InvitationView) -> Row:
    return {
        "object": "invitation",
        "id": each.id,
        "email": each.email,
        "role": each.role_key,
        "role_name": each.role,
        "status": "expired" if each.is_expired else "open",
        "sent_at": each.sent_at,
        "expires_at": each.expires_at,
    }
