"""Letters about people's accounts, in the tenant's name and with links on its own address."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from alicerce.apps.notify import services
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.ids import uuid7
from alicerce.ui.formats import moment_in

PATH, MOMENT = "path_", "at_"


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
                _name(name): _told(name, value, base_url=base_url, locale=locale)
                for name, value in values.items()
            },
            at=at,
            locale=locale,
        )


def _name(name: str) -> str:
    return name.replace(PATH, "link_", 1) if name.startswith(PATH) else name


def _told(name: str, value: str, *, base_url: str, locale: str) -> str:
    if name.startswith(MOMENT):
        zone = tenancy.time_zone()
        with translation.override(locale):
            return f"{moment_in(ZoneInfo(zone), datetime.fromisoformat(value))} ({zone})"
    return base_url + value if name.startswith(PATH) else value
