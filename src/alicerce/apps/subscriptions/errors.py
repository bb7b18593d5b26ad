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
