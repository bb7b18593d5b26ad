"""What the catalog refuses."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.utils.functional import Promise
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


class Undeliverable(BadPlan):
    """Its deliverer says why."""

    code = "undeliverable"

    def __init__(self, key: str, words: str) -> None:
        Refused.__init__(self, words)
        self.field = f"spec_{key}"


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


class NoSuchOption(Refused):
    code = "no_such_option"
    status = 404
    message = _("Esta opção não existe.")


class BadOption(Refused):
    code = "bad_option"
    status = 422
    message = _("Confira os dados da opção.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class BadChoice(Refused):
    code = "bad_choice"
    status = 422
    message = _("Uma das opções escolhidas não existe neste plano, ou não nesta quantidade.")

    def __init__(self, option_id: UUID) -> None:
        super().__init__(str(option_id))
        self.option_id = option_id


class NoSuchField(Refused):
    code = "no_such_field"
    status = 404
    message = _("Este campo não existe.")


class BadField(Refused):
    code = "bad_field"
    status = 422
    message = _("Confira os dados do campo.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class BadAnswers(Refused):
    """Which fields of the plan were answered wrong, each with its words."""

    code = "bad_answers"
    status = 422
    message = _("Confira as respostas que este plano pede.")
    UNKNOWN: ClassVar[Promise] = _("Este plano não pergunta isto.")
    WORDS: ClassVar[Mapping[str, Promise]] = {
        "missing": _("Este plano pede esta resposta."),
        "too_long": _("A resposta é longa demais."),
        "not_a_choice": _("Escolha uma das respostas oferecidas."),
        "bad_document": _("Este CPF ou CNPJ não confere. Revise os números, um por um."),
        "bad_phone": _("Este telefone não parece certo. Escreva com o DDD."),
    }

    def __init__(self, faults: Mapping[UUID, Promise]) -> None:
        super().__init__()
        self.faults = faults


class TotalTooLarge(Refused):
    code = "total_too_large"
    status = 422
    message = _("O total passa do que um pedido pode ter. Escolha quantidades menores.")


class NoSuchCoupon(Refused):
    code = "no_such_coupon"
    status = 404
    message = _("Este cupom não existe.")


class CouponTaken(Refused):
    code = "coupon_taken"
    message = _("Já existe um cupom com este código.")


class BadCouponForm(Refused):
    code = "bad_coupon_form"
    status = 422
    message = _("Confira os dados do cupom.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class BadCoupon(Refused):
    """One answer for what never was, is over, or has not begun: nobody learns which codes there are."""

    code = "bad_coupon"
    status = 422
    message = _("Este cupom não vale. Confira o código.")


class CouponNotForPlan(Refused):
    code = "coupon_not_for_plan"
    status = 422
    message = _("Este cupom não vale para este plano.")


class CouponUsedUp(Refused):
    code = "coupon_used_up"
    status = 422
    message = _("Este cupom já foi usado por todos que podia. Peça sem ele.")


class CouponUsed(Refused):
    code = "coupon_used"
    status = 422
    message = _("Este cupom vale uma vez por cliente, e já foi usado por este.")


class BadQuantity(Refused):
    code = "bad_quantity"
    status = 422
    message = _("Esta quantidade não é vendida.")

    def __init__(self, most: int) -> None:
        super().__init__(
            _("Uma assinatura pode ter de 1 a %(most)s deste adicional.") % {"most": most}
        )
        self.most = most


class AddonCycle(Refused):
    code = "addon_cycle"
    status = 422
    message = _("A periodicidade do adicional precisa caber na da assinatura.")


class OutOfStock(Refused):
    code = "out_of_stock"
    status = 422
    message = _("As unidades deste plano acabaram. Escolha outro.")


class NoRoom(Refused):
    code = "no_room"
    status = 422
    message = _(
        "Este plano está esgotado: não há lugar livre nos servidores dele. Nada foi cobrado. "
        "Escolha outro, ou peça de novo mais tarde."
    )


class NoRoomToChange(Refused):
    code = "no_room_to_change"
    status = 422
    message = _(
        "O servidor onde está esta conta não tem este plano. Nada foi cobrado. "
        "Escolha outro plano, ou abra um chamado para que a conta mude de servidor antes."
    )


class TrialUsed(Refused):
    code = "trial_used"
    status = 422
    message = _("Este plano já foi testado por este cadastro. Peça-o sem o teste.")


class TermsChanged(Refused):
    code = "terms_changed"
    status = 422
    message = _("Os termos mudaram enquanto você pedia. Leia e aceite a versão atual.")


class BadTerms(Refused):
    code = "bad_terms"
    status = 422
    message = _("Escreva os termos, com até 100 mil caracteres.")
