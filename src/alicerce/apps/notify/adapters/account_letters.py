"""Letters about people's accounts, in the tenant's name and with links on its own address."""

from collections.abc import Mapping
from datetime import datetime

from alicerce.apps.notify import services
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.ids import uuid7

PATH = "path_"


class AccountLetters:
    def send(
        self, *, template: str, to: str, values: Mapping[str, str], at: datetime, locale: str
    ) -> None:
        base_url = tenancy.tenant_card().base_url.rstrip("/")
        services.send(
            template=template,
            to=to,
            key=f"account:{uuid7()}",
            values={
                _name(name): _linked(name, value, base_url) for name, value in values.items()
            },
            at=at,
            locale=locale,
        )


def _name(name: str) -> str:
    return name.replace(PATH, "link_", 1) if name.startswith(PATH) else name


def _linked(name: str, value: str, base_url: str) -> str:
    return base_url + value if name.startswith(PATH) else value
