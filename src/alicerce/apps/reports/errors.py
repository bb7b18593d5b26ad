"""Why reports refuse."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchReport(Refused):
    code = "no_such_report"
    status = 404
    message = _("Relatório não encontrado.")
