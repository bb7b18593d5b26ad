"""The endpoints about the tiers that a company tells its customers apart by."""

from uuid import UUID

from ninja import Query

from alicerce.apps.customers import permissions as may
from alicerce.apps.customers.api.detail_schemas import GoneOut, TierIn, TierListOut, TierOut
from alicerce.apps.customers.queries import beside
from alicerce.apps.customers.services.keep_details import add_tier, drop_tier, rename_tier
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, created
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.listing import ListQuery
from alicerce.kernel.rest.problems import NotFound
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Customers"])


@router.get(
    "/tiers",
    response=TierListOut,
    operation_id="listTiers",
    summary="Listar níveis de clientes",
)
@requires(may.READ)
def list_tiers(request: Request, asked: Query[ListQuery]) -> Answer:
    """Os níveis em que a empresa separa os seus clientes."""
    return Answer(beside.tier_rows(asked.window()))


@router.post(
    "/tiers",
    response={201: TierOut},
    operation_id="createTier",
    summary="Criar um nível",
)
@requires(may.UPDATE)
@refusing((409, "tier_taken"))
def post_tier(request: Request, wanted: TierIn) -> Answer:
    """Cria um nível. O nome é de um só."""
    tier_id = add_tier(name=wanted.name, at=now())
    return created(beside.tier_record(tier_id), location=f"/v1/tiers/{tier_id}")


@router.get(
    "/tiers/{uuid:tier_id}",
    response=TierOut,
    operation_id="getTier",
    summary="Mostrar um nível",
)
@requires(may.READ)
def get_tier(request: Request, tier_id: UUID) -> Answer:
    """Um nível, com o ETag que uma alteração precisa informar."""
    return Answer(beside.tier_record(tier_id))


@router.patch(
    "/tiers/{uuid:tier_id}",
    response=TierOut,
    operation_id="renameTier",
    summary="Mudar o nome de um nível",
)
@requires(may.UPDATE)
@refusing((409, "tier_taken"))
def patch_tier(request: Request, tier_id: UUID, wanted: TierIn) -> Answer:
    """Muda o nome de um nível; os clientes continuam nele."""
    require_match(request, beside.tier_record(tier_id, locked=True))
    rename_tier(tier_id=tier_id, name=wanted.name, at=now())
    return Answer(beside.tier_record(tier_id))


@router.delete(
    "/tiers/{uuid:tier_id}",
    response=GoneOut,
    operation_id="deleteTier",
    summary="Apagar um nível",
)
@requires(may.UPDATE)
@refusing((409, "tier_in_use"))
def delete_tier(request: Request, tier_id: UUID) -> Answer:
    """Apaga um nível em que ninguém está."""
    if not drop_tier(tier_id=tier_id, at=now()):
        raise NotFound
    return Answer({"object": "tier", "id": tier_id, "deleted": True})
