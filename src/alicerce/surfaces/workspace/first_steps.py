"""What a company that just opened does first, until it has something to sell and somebody to sell to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.catalog import public as catalog
from alicerce.apps.hosting import public as hosting
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import LimitKey
from alicerce.kernel.access import Request
from alicerce.surfaces.workspace.shell import opens
from alicerce.ui.buttons import LinkButton
from alicerce.ui.layout import Card
from alicerce.ui.panels import Step, Steps


@dataclass(frozen=True, slots=True)
class Move:
    name: str
    view: str
    title: Promise
    why: Promise
    button: Promise


MOVES = (
    Move(
        "plan",
        "workspace:catalog",
        gettext_lazy("Ponha um plano à venda"),
        gettext_lazy("Com preço, ele aparece no seu site e na API."),
        gettext_lazy("Abrir o catálogo"),
    ),
    Move(
        "server",
        "workspace:server_new",
        gettext_lazy("Ligue um servidor"),
        gettext_lazy("É onde as contas dos clientes nascem depois do pagamento."),
        gettext_lazy("Adicionar servidor"),
    ),
    Move(
        "customers",
        "workspace:customers_import_new",
        gettext_lazy("Traga os seus clientes"),
        gettext_lazy("De uma planilha, conferida antes, ou um a um."),
        gettext_lazy("Importar clientes"),
    ),
    Move(
        "team",
        "workspace:invite",
        gettext_lazy("Convide a equipe"),
        gettext_lazy("Cada pessoa entra com o seu papel, e só vê o que ele deixa."),
        gettext_lazy("Convidar pessoa"),
    ),
    Move(
        "key",
        "workspace:api_keys",
        gettext_lazy("Ligue os seus sistemas"),
        gettext_lazy("Uma chave de teste age numa cópia da empresa."),
        gettext_lazy("Criar chave"),
    ),
)


def first_steps(request: Request, *, at: datetime) -> Iterator[Card]:
    """A card for who may do any of it; none for a company that sells already."""
    done = _done(at)
    moves = [move for move in MOVES if opens(request, move.view)]
    mine = {move.name for move in moves}
    if {"plan", "customers"} <= done or mine <= done:
        return
    steps = [_step(move, is_done=move.name in done) for move in moves]
    yield Card([Steps(steps, _("Primeiros passos"))], title=_("Primeiros passos"))


def _done(at: datetime) -> set[str]:
    used = {limit.key: limit.used for limit in tenancy.limits(at=at)}
    known = {
        "plan": bool(catalog.storefront()),
        "server": bool(hosting.server_choices()),
        "customers": used[LimitKey.CUSTOMERS] > 0,
        "team": used[LimitKey.MEMBERS] > 1 or tenancy.is_inviting(at=at),
        "key": used[LimitKey.API_KEYS] > 0,
    }
    return {name for name, is_done in known.items() if is_done}


def _step(move: Move, *, is_done: bool) -> Step:
    if is_done:
        return Step(move.title, "done")
    return Step(
        move.title, detail=move.why, actions=[LinkButton(move.button, reverse(move.view))]
    )
