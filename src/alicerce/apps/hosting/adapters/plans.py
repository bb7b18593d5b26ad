"""What hosting has to know of a plan that it delivers."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.ports import ProductKind, SpecField
from alicerce.apps.hosting.queries.packages import package_names, shelves
from alicerce.apps.hosting.queries.room import could_become, room_for_more
from alicerce.apps.hosting.queries.servers import pools
from alicerce.apps.hosting.rules.packages import is_nowhere
from alicerce.apps.hosting.services.keep_room import keep_room
from alicerce.apps.hosting.types import PRODUCT_KIND


def regions() -> list[str]:
    """Where the company has servers."""
    return sorted({region for _name, region in pools() if region})


def fault_of(spec: Mapping[str, str]) -> tuple[str, Promise] | None:
    """A package that no server of its region has is found here, and not by the first buyer."""
    if not is_nowhere(spec.get("package", ""), spec.get("region", ""), shelves()):
        return None
    return "package", _(
        "Nenhum servidor desta região tem este pacote. Crie-o no WHM, teste a conexão do servidor e salve de novo."
    )


def _keep_room(spec: Mapping[str, str]) -> bool:
    return keep_room(spec=spec)


ACCOUNT = ProductKind(
    PRODUCT_KIND,
    _("Conta de hospedagem"),
    (
        SpecField(
            "package",
            _("Pacote no WHM"),
            _("O nome exato do pacote nos servidores: dele vêm o disco e o tráfego da conta."),
            required=True,
            offers=package_names,
            nothing=_("Escolha um pacote"),
        ),
        SpecField(
            "region",
            _("Região"),
            _("Onde as contas nascem. Vazio: em qualquer uma."),
            offers=regions,
            nothing=_("Qualquer uma"),
        ),
    ),
    fault=fault_of,
    keep_room=_keep_room,
    look_for_room=room_for_more,
    could_become=could_become,
)
