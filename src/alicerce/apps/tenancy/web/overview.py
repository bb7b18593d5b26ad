"""What tenancy shows where a company's people arrive. Every figure counts rows."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries.limits import limits
from alicerce.apps.tenancy.queries.payers import payer_of
from alicerce.apps.tenancy.queries.products import products
from alicerce.apps.tenancy.queries.team import invitations, members, roles
from alicerce.apps.tenancy.queries.tenants import is_platform
from alicerce.apps.tenancy.queries.words import LIMITS, PRODUCTS
from alicerce.apps.tenancy.types import InvitationView, LimitView, Purpose
from alicerce.kernel.access import Request
from alicerce.kernel.context import current_tenant_id
from alicerce.ui.concerns import Concern
from alicerce.ui.formats import number
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair, Stat
from alicerce.ui.texts import Badge


def concerns(request: Request, *, at: datetime) -> list[Concern]:
    """What somebody with these rights could put in order."""
    found: list[Concern] = []
    if permissions.MEMBERS_WRITE in request.permissions:
        waiting = invitations(purpose=Purpose.MEMBER, at=at)
        found += [_expired(one) for one in waiting if one.is_expired]
    if permissions.COMPANY_WRITE in request.permissions:
        found += _payment()
        found += [_full(one) for one in limits(at=at) if one.is_full]
    return found


def _expired(one: InvitationView) -> Concern:
    return Concern(
        what=_("Convite de %(email)s") % {"email": one.email},
        why=_("Venceu sem resposta: reenvie ou retire."),
        state=Badge("warn", _("Venceu")),
        since=one.expires_at,
        url=reverse("workspace:team"),
    )


def _full(one: LimitView) -> Concern:
    return Concern(
        what=LIMITS[one.key],
        why=_("Nada novo entra até haver lugar, ou até a plataforma mudar o limite."),
        state=Badge("warn", _("No limite")),
        url=reverse("workspace:products"),
    )


def _payment() -> list[Concern]:
    if is_platform(current_tenant_id()):
        return []
    url, payer = reverse("workspace:payer"), payer_of(current_tenant_id())
    if payer is None:
        why = _("Escolha a conta de cobrança que paga a plataforma.")
        return [Concern(_("Quem paga"), why, Badge("warn", _("Falta escolher")), url=url)]
    if payer.suspended_at is None:
        return []
    return [
        Concern(
            what=_("Conta de cobrança %(name)s") % {"name": payer.name},
            why=payer.suspension_reason,
            state=Badge("bad", _("Suspensa")),
            since=payer.suspended_at,
            url=url,
        )
    ]


def figures(request: Request, *, at: datetime) -> list[Stat]:
    enabled = [product for product in products() if product.is_enabled]
    stats = [Stat(_("Produtos ligados"), number(len(enabled)))]
    if permissions.MEMBERS_READ in request.permissions:
        url = reverse("workspace:team")
        waiting = invitations(purpose=Purpose.MEMBER, at=at)
        made = [role for role in roles() if not role.is_shipped]
        stats += [
            Stat(_("Pessoas na equipe"), number(len(members())), url=url),
            Stat(_("Convites em aberto"), number(len(waiting)), url=url),
            Stat(_("Papéis próprios"), number(len(made)), url=reverse("workspace:roles")),
        ]
    return stats


def products_card() -> Card:
    pairs = [
        Pair(
            PRODUCTS[product.key][0],
            Badge("ok", _("Ligado")) if product.is_enabled else Badge("", _("Desligado")),
        )
        for product in products()
    ]
    return Card([KeyValues(pairs)], title=_("Produtos"))
