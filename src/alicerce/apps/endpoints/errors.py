"""What endpoints refuse."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class TooManyEndpoints(Refused):
    code = "too_many_endpoints"
    message: ClassVar[str | Promise] = _("O limite de endereços desta empresa foi atingido.")


class AddressNotAllowed(Refused):
    code = "address_not_allowed"
    status = 422
    message: ClassVar[str | Promise] = _(
        "Este endereço não pode ser usado: informe uma URL http ou https pública, na porta 80 ou 443."
    )


class UnknownEventType(Refused):
    code = "unknown_event_type"
    status = 422
    message: ClassVar[str | Promise] = _("Escolha eventos que existem.")


class EndpointIsDisabled(Refused):
    code = "endpoint_is_disabled"
    message: ClassVar[str | Promise] = _("Este endereço está desativado: ative-o antes.")


class DeliveryStillOpen(Refused):
    code = "delivery_still_open"
    message: ClassVar[str | Promise] = _("Esta entrega ainda está em andamento.")
