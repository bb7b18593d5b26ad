"""What subscriptions refuse."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchSubscription(Refused):
    code = "no_such_subscription"
    status = 404
    message = _("Assinatura não encontrada.")


class SubscriptionEnded(Refused):
    code = "subscription_ended"
    message = _("Esta assinatura já terminou.")


class SubscriptionNotStarted(Refused):
    code = "subscription_not_started"
    message = _("Esta assinatura ainda espera o primeiro pagamento.")


class NotParked(Refused):
    code = "not_parked"
    message = _("A cobrança deste cliente não está parada.")


class NothingDue(Refused):
    code = "nothing_due"
    message = _("Não há renovações para faturar hoje.")


class NotCanceled(Refused):
    code = "not_canceled"
    message = _("Esta assinatura não está marcada para terminar.")


class SubscriptionLate(Refused):
    code = "subscription_late"
    message = _("Há um pagamento em atraso. Depois de pago, o plano pode mudar.")


class SubscriptionStopped(Refused):
    code = "subscription_suspended"
    message = _("Esta assinatura está suspensa. O plano só muda com ela ativa.")


class SubscriptionRunsOut(Refused):
    code = "subscription_canceled"
    message = _("Esta assinatura vai terminar. Para mudar de plano, escolha antes mantê-la.")


class BillingPaused(Refused):
    code = "billing_paused"
    message = _("A cobrança desta assinatura está em pausa. O plano muda depois que ela volta.")


class SamePlan(Refused):
    code = "same_price"
    status = 422
    message = _("A assinatura já está neste plano, por este preço.")


class OtherProduct(Refused):
    code = "other_product"
    status = 422
    message = _("Este plano é de outro produto. Faça um novo pedido.")


class OtherCurrency(Refused):
    code = "other_currency"
    status = 422
    message = _("Este preço está em outra moeda.")


class AddonsKeepCycle(Refused):
    code = "addons_keep_cycle"
    status = 422
    message = _("Com adicionais, o plano só muda por outro de mesma periodicidade.")


class AddonStaysAsItIs(Refused):
    code = "is_addon"
    message = _("Isto é um adicional: ele não muda de plano. Cancele-o e adicione outro.")


class NoAddon(Refused):
    code = "no_addon"
    status = 422
    message = _("Só de um adicional se pode ter mais de um.")


FULL = {
    "sites": _(
        "O plano permite %(most)s sites, e já há %(used)s. Para ter mais, mude de plano ou inclua um "
        "adicional na página da assinatura."
    ),
}


class PlanLimitReached(Refused):
    """There is as much of it as plan, options and add-ons allow."""

    code = "plan_limit_reached"
    message = _("O limite do plano foi atingido.")

    def __init__(self, key: str, *, used: int, most: int) -> None:
        super().__init__(key)
        self.key, self.used, self.most = key, used, most

    def __str__(self) -> str:
        return str(FULL[self.key]) % {"used": self.used, "most": self.most}


class AddonHad(Refused):
    code = "addon_had"
    message = _("A assinatura já tem este adicional.")


class RenewalDue(Refused):
    code = "renewal_due"
    message = _("A renovação está sendo faturada. Tente de novo depois dela.")


class PeriodUnpaid(Refused):
    code = "period_unpaid"
    message = _("Há uma fatura em aberto desta assinatura. Pague-a antes de receber crédito.")


class ChangeUnderWay(Refused):
    code = "change_under_way"
    message = _("Já há uma mudança de plano paga ou faturada. Espere que ela comece a valer.")


class OtherChangeWaits(Refused):
    code = "other_change_waits"
    message = _(
        "Há outra mudança desta assinatura esperando. Desista dela antes de pedir esta."
    )


class SameItems(Refused):
    code = "same_items"
    status = 422
    message = _("A assinatura já tem exatamente essas opções.")


class PreviewOutdated(Refused):
    code = "preview_outdated"
    message = _("Os valores mudaram desde que foram mostrados. Veja-os de novo e confirme.")


class NoChange(Refused):
    code = "no_change"
    message = _("Não há mudança de plano em andamento.")


class BadMove(Refused):
    code = "bad_price_move"
    status = 422
    message = _(
        "Este reajuste não é possível: escolha um preço que se renova, versões antigas dele e "
        "um dia entre hoje e daqui a dois anos."
    )


class NobodyToMove(Refused):
    code = "nobody_to_move"
    message = _("Nenhuma assinatura mudaria de preço.")


class NoSuchMove(Refused):
    code = "no_such_price_move"
    status = 404
    message = _("Reajuste não encontrado.")


class DaysNotOver(Refused):
    code = "days_not_over"
    message = _("Só se creditam dias que já começaram.")


class DaysChanged(Refused):
    code = "days_changed"
    message = _(
        "O plano ou as opções mudaram no período desses dias, e parte dele já foi devolvida ou cobrada à parte."
        " Credite por uma nota de crédito da fatura."
    )


class DaysNotBilled(Refused):
    code = "days_not_billed"
    message = _("Nem todos esses dias foram faturados. Escolha dias de períodos já faturados.")


class DaysCredited(Refused):
    code = "days_credited"
    message = _("Alguns desses dias já foram creditados.")
