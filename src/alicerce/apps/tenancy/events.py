"""Facts of tenancy."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class TenantOpened(Event):
    name: ClassVar[str] = "tenant.opened"
    description: ClassVar = _("A empresa foi aberta.")

    slug: str
