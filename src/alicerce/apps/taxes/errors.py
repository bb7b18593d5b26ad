"""What taxes refuse."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchTax(Refused):
    code = "no_such_tax"
    status = 404
    message = _("Imposto não encontrado.")


class NoSuchExemption(Refused):
    code = "no_such_exemption"
    status = 404
    message = _("Isenção não encontrada.")


class TaxNotSound(Refused):
    code = "tax_not_sound"
    status = 422
    message = _("Este imposto não faz sentido assim. Revise e tente de novo.")


class TaxEnded(Refused):
    code = "tax_ended"
    message = _("Este imposto já tem fim. O que passou não se reescreve.")


class BadServiceCode(Refused):
    code = "bad_service_code"
    status = 422
    message = _("Códigos de serviço são só números, do tamanho que a lei diz.")


class BadPlace(Refused):
    code = "bad_place"
    status = 422
    message = _("O código do município tem 7 números, e começa pelo do estado.")
