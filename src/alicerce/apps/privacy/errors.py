"""What privacy refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class AlreadyAsked(Refused):
    code = "privacy_request_pending"
    message = _("Já existe um pedido destes em andamento. Acompanhe pelo protocolo.")


class CannotErase(Refused):
    code = "erasure_held_back"
    message = _("Há um contrato em vigor: resolva o que está listado e peça de novo.")


class TooLateToWithdraw(Refused):
    code = "privacy_request_closed"
    message = _("Este pedido já foi concluído.")


class ExportGone(Refused):
    code = "export_gone"
    status = 410
    message = _("Este arquivo expirou. Peça uma nova cópia.")
