"""What customers refuses."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alicerce.kernel.errors import Refused


class NoSuchCustomer(Refused):
    code = "no_such_customer"
    status = 404
    message = _("Este cliente não existe.")


class CustomerTaken(Refused):
    code = "customer_taken"
    message = _("Já existe um cliente com este documento, e-mail ou código externo.")


class BadCustomer(Refused):
    code = "bad_customer"
    status = 422
    message = _("Confira os dados do cliente.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class StaleCustomer(Refused):
    code = "stale_customer"
    status = 412
    message = _(
        "Alguém mudou este cliente enquanto você editava. Confira o que mudou e salve de novo."
    )


class CustomerClosed(Refused):
    code = "customer_closed"
    message = _("Este cliente foi encerrado. Reabra antes de mudar.")


class CustomerHasServices(Refused):
    code = "customer_has_services"
    message = _(
        "Este cliente ainda tem serviços ou pedidos pagos que estão sendo entregues."
        " Cancele os serviços e espere a entrega dos pedidos antes de encerrar."
    )


class CustomerHasUnpaidOrders(Refused):
    code = "customer_has_unpaid_orders"
    message = _("Este cliente tem pedidos esperando pagamento. Cancele antes de encerrar.")

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(*numbers)
        self.numbers = tuple(numbers)

    def __str__(self) -> str:
        words = ngettext(
            "O pedido nº %(numbers)s espera pagamento. Cancele antes de encerrar o cliente.",
            "Os pedidos nº %(numbers)s esperam pagamento. Cancele antes de encerrar o cliente.",
            len(self.numbers),
        )
        return words % {"numbers": ", ".join(map(str, self.numbers))}


class NotServed(Refused):
    code = "not_served"
    message = _("Não foi possível aceitar este pedido. Fale com a nossa equipe.")


class TierTaken(Refused):
    code = "tier_taken"
    message = _("Já existe um nível com este nome.")


class TierInUse(Refused):
    code = "tier_in_use"
    message = _("Há clientes neste nível. Mude o nível deles antes de apagar.")


class InvitationOver(Refused):
    code = "invitation_over"
    status = 410
    message = _("Este link não vale mais. Peça um novo convite.")


class TooManyInvitations(Refused):
    code = "too_many_invitations"
    status = 429
    message = _("Este cliente já enviou muitos convites hoje. Tente de novo amanhã.")


class RoundRunning(Refused):
    code = "round_running"
    message = _("Já há convites sendo enviados. Espere terminarem ou pare o envio.")


class NobodyToInvite(Refused):
    code = "nobody_to_invite"
    status = 422
    message = _("Ninguém desta lista pode ser convidado agora.")


class NoSuchRound(Refused):
    code = "no_such_round"
    status = 404
    message = _("Este envio de convites não existe.")


class LastOwner(Refused):
    code = "last_owner"
    message = _("O cliente precisa de ao menos uma pessoa responsável pela conta.")


class UnreadableFile(Refused):
    code = "unreadable_file"
    status = 422
    message = _("Não deu para ler este arquivo. Envie um CSV com uma linha de títulos.")


class FileTooLarge(Refused):
    code = "file_too_large"
    status = 413
    message = _("O arquivo passa de 20 MB ou de 100 mil linhas. Divida em arquivos menores.")


class ColumnsMissing(Refused):
    code = "columns_missing"
    status = 422
    message = _("Diga em que colunas estão o nome e o e-mail.")


class NoSuchFile(Refused):
    code = "no_such_file"
    status = 404
    message = _("Este arquivo não existe mais.")
