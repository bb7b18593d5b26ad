"""What the catalog refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NotForSale(Refused):
    code = "not_for_sale"
    status = 422
    message = _("Este plano não está à venda. Escolha outro.")


class NoSuchPlan(Refused):
    code = "no_such_plan"
    status = 404
    message = _("Este plano não existe.")


class NoSuchProduct(Refused):
    code = "no_such_product"
    status = 404
    message = _("Este produto não existe.")


class NoSuchPrice(Refused):
    code = "no_such_price"
    status = 404
    message = _("Este preço não existe.")


class BadPlan(Refused):
    code = "bad_plan"
    status = 422
    message = _("Confira os dados do plano.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class PlanIsRetired(Refused):
    code = "plan_retired"
    message = _("Este plano saiu de venda e não muda mais.")


class ReasonRequired(Refused):
    code = "reason_required"
    status = 422
    message = _("Este plano já foi vendido: diga o motivo da mudança de preço.")


class PriceInForce(Refused):
    code = "price_in_force"
    message = _("Este preço já é o que vale nesta periodicidade.")
