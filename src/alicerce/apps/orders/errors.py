"""What orders refuse."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class DomainTaken(Refused):
    code = "domain_taken"
    status = 422
    message = _("Este domínio já é atendido aqui. Use outro.")


class TooManyOrders(Refused):
    code = "too_many_orders"
    status = 429
    message = _(
        "Há pedidos demais esperando pagamento neste e-mail. "
        "Pague um deles ou tente de novo em uma hora."
    )


class NoSuchOrder(Refused):
    code = "no_such_order"
    status = 404
    message = _("Pedido não encontrado.")


class OrderNotUnpaid(Refused):
    code = "order_not_unpaid"
    message = _("Só se cancela um pedido que ainda não foi pago.")


class CancelLinkOver(Refused):
    code = "cancel_link_over"
    status = 410
    message = _("Este link não vale mais. Peça outro na página do pedido.")


class NoTrialToBegin(Refused):
    code = "no_trial_to_begin"
    message = _("Este pedido não tem um teste que possa começar.")


class CardFirst(Refused):
    code = "card_first"
    message = _(
        "Este teste começa com um cartão guardado. Entre na área do cliente, guarde um cartão "
        "em Cartões e comece o teste."
    )


class TrialLinkOver(Refused):
    code = "trial_link_over"
    status = 410
    message = _("Este link não vale mais. Peça outro na página do pedido.")


class NoSuchBuyer(Refused):
    code = "no_such_customer"
    status = 422
    message = _("O cliente informado não existe.")


class BadSalePrice(Refused):
    code = "bad_sale_price"
    status = 422
    message = _(
        "Este preço não serve: o desconto não passa do total, não vai junto com cupom nem com "
        "teste, e toda mudança de preço tem um motivo."
    )


class SaleChanged(Refused):
    code = "sale_changed"
    message = _("O pedido mudou enquanto você olhava. Confira de novo.")


class BadAddon(Refused):
    """One of the add-ons of an order is refused: which one, and by what."""

    def __init__(self, place: int, refused: Refused) -> None:
        super().__init__(str(refused))
        self.place, self.refused = place, refused
        self.code, self.status = refused.code, refused.status  # type: ignore[misc]
        self.message = refused.message  # type: ignore[misc]

    def __str__(self) -> str:
        return str(self.refused)


class AddonTwice(Refused):
    code = "addon_twice"
    status = 422
    message = _("Cada adicional vai uma vez no pedido: diga quantos quer dele.")


class AddonsNotTried(Refused):
    code = "addons_not_tried"
    status = 422
    message = _(
        "Adicionais não vão junto com um teste: peça sem o teste, ou inclua-os na assinatura depois."
    )


class BadStart(Refused):
    code = "bad_start"
    status = 422
    message = _("O primeiro dia é amanhã ou depois, em até um ano, e nunca o de um teste.")


class NoRoomThere(Refused):
    code = "no_room_there"
    status = 422
    message = _("Este servidor não tem lugar para este plano agora. Escolha outro.")


class OrderTotalChanged(Refused):
    code = "order_total_changed"
    message = _("O total do pedido não é o que foi mostrado. Veja-o de novo e confirme.")
