"""What payers refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NobodyPays(Refused):
    code = "nobody_pays"
    message = _(
        "Ninguém paga por esta empresa ainda. Ela precisa de uma conta de cobrança antes."
    )


class NotForCompanies(Refused):
    code = "not_for_companies"
    message = _("Este preço não é de um produto da plataforma, ou não se vende mais.")


class SoldAlready(Refused):
    code = "product_sold_already"
    message = _("Este produto já é cobrado desta empresa. Para outro plano, mude a assinatura.")


class NotSold(Refused):
    code = "product_not_sold"
    status = 404
    message = _("Este produto não é cobrado desta empresa.")
