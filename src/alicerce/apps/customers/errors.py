"""What customers refuses."""

from django.utils.translation import gettext_lazy as _

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


class NotServed(Refused):
    code = "not_served"
    message = _("Não foi possível aceitar este pedido. Fale com a nossa equipe.")


class TierTaken(Refused):
    code = "tier_taken"
    message = _("Já existe um nível com este nome.")


class InvitationOver(Refused):
    code = "invitation_over"
    status = 410
    message = _("Este link não vale mais. Peça um novo convite.")


class TooManyInvitations(Refused):
    code = "too_many_invitations"
    status = 429
    message = _("Este cliente já enviou muitos convites hoje. Tente de novo amanhã.")


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
