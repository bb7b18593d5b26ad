"""What hosting refuses."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class RunNotStopped(Refused):
    code = "run_not_stopped"
    message: ClassVar[str | Promise] = _(
        "Esta execução não está parada: não há o que tentar de novo."
    )


class BadServer(Refused):
    code = "bad_server"
    status = 422

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__(message)
        self.field = field
        self.explanation = message

    def __str__(self) -> str:
        return str(self.explanation)


class ServerNameTaken(Refused):
    code = "server_name_taken"
    message: ClassVar[str | Promise] = _("Já existe um servidor com este nome.")


class UnknownAccount(Refused):
    code = "no_such_service"
    status = 404
    message: ClassVar[str | Promise] = _("Serviço não encontrado.")


class OrderUnpaid(Refused):
    code = "order_unpaid"
    message: ClassVar[str | Promise] = _("Este pedido ainda não foi pago: nada a ativar.")


class NothingToProvision(Refused):
    code = "already_provisioned"
    message: ClassVar[str | Promise] = _("Este serviço já está ativado.")


class ServiceIsOver(Refused):
    code = "service_is_over"
    message: ClassVar[str | Promise] = _("Este serviço foi ou está sendo removido.")


class NotSuspended(Refused):
    code = "service_not_suspended"
    message: ClassVar[str | Promise] = _("Este serviço não está suspenso.")


class NoRemovalPlanned(Refused):
    code = "no_removal_planned"
    message: ClassVar[str | Promise] = _("Não há remoção prevista para este serviço.")


class RemovalNotDue(Refused):
    code = "removal_not_due"
    message: ClassVar[str | Promise] = _("O dia da remoção ainda não chegou.")


class CannotPutRight(Refused):
    code = "cannot_put_right"
    message: ClassVar[str | Promise] = _(
        "Isto não se corrige sozinho: a divergência já passou, há uma operação em andamento ou é preciso olhar no WHM."
    )


class ServiceNotActive(Refused):
    code = "service_not_active"
    message: ClassVar[str | Promise] = _("Este serviço ainda não está ativo.")
