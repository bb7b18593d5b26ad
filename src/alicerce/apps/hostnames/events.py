"""Facts of hostnames."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class HostNameAttached(Event):
    name: ClassVar[str] = "host_name.attached"
    description: ClassVar = _("Um endereço próprio espera pela prova no DNS.")

    host_name_id: UUID
    domain: str


class HostNameVerified(Event):
    name: ClassVar[str] = "host_name.verified"
    description: ClassVar = _("O endereço próprio foi provado e leva à empresa.")

    host_name_id: UUID
    domain: str


class HostNameAtRisk(Event):
    """Its proof is gone, or nobody answers for it: it still leads here, for a while."""

    name: ClassVar[str] = "host_name.at_risk"
    description: ClassVar = _(
        "A prova de um endereço próprio sumiu; ele tem prazo para voltar."
    )

    host_name_id: UUID
    domain: str


class HostNameRecovered(Event):
    name: ClassVar[str] = "host_name.recovered"
    description: ClassVar = _("A prova de um endereço próprio voltou.")

    host_name_id: UUID
    domain: str


class HostNameLapsed(Event):
    name: ClassVar[str] = "host_name.lapsed"
    description: ClassVar = _("Um endereço próprio perdeu a prova e não leva mais à empresa.")

    host_name_id: UUID
    domain: str


class HostNameFailed(Event):
    name: ClassVar[str] = "host_name.failed"
    description: ClassVar = _("A prova de um endereço próprio não apareceu no prazo.")

    host_name_id: UUID
    domain: str


class HostNameDetached(Event):
    name: ClassVar[str] = "host_name.detached"
    description: ClassVar = _("Um endereço próprio foi desligado.")

    host_name_id: UUID
    domain: str


class HostNamePutFirst(Event):
    name: ClassVar[str] = "host_name.put_first"
    description: ClassVar = _("Os links da empresa passaram a começar por outro endereço.")

    host_name_id: UUID
    domain: str


class LookDue(Event):
    """It is time to ask DNS about a name."""

    name: ClassVar[str] = "host_name.look_due"
    is_internal: ClassVar[bool] = True

    host_name_id: UUID
