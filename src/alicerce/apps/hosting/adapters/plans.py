"""What hosting has to know of a plan that it delivers."""

from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.ports import ProductKind, SpecField
from alicerce.apps.hosting.queries.servers import pools
from alicerce.apps.hosting.types import PRODUCT_KIND


def regions() -> list[str]:
    """Where the company has servers."""
    return sorted({region for _name, region in pools() if region})


ACCOUNT = ProductKind(
    PRODUCT_KIND,
    _("Conta de hospedagem"),
    (
        SpecField(
            "package",
            _("Pacote no WHM"),
            _("O nome exato do pacote nos servidores: dele vêm o disco e o tráfego da conta."),
            required=True,
        ),
        SpecField(
            "region",
            _("Região"),
            _("Onde as contas nascem. Vazio: em qualquer uma."),
            offers=regions,
        ),
    ),
)
