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


class OrderedAlready(Refused):
    code = "product_ordered_already"
    message = _("Este produto já foi pedido e espera o pagamento.")


class HadAlready(Refused):
    code = "product_had_already"
    message = _("A empresa já tem este produto, e nada é cobrado por ele.")


class OtherPrice(Refused):
    code = "product_price_changed"
    message = _("O valor mudou desde que você viu. Confira de novo antes de confirmar.")


class NoAccount(Refused):
    code = "no_billing_account"
    status = 404
    message = _("Nenhuma conta de cobrança paga por esta empresa.")


class NotYourAccount(Refused):
    code = "not_your_account"
    status = 403
    message = _("Só quem responde pela conta de cobrança vê as faturas e os pagamentos dela.")


class NotSold(Refused):
    code = "product_not_sold"
    status = 404
    message = _("Este produto não é cobrado desta empresa.")
