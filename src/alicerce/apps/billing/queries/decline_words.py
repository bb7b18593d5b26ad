"""What a provider's code for a refused card is called, and what may be done about it."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NOT_AUTHORIZED = gettext_lazy("O banco não autorizou")
CONFIRM = gettext_lazy("O banco quer que o dono confirme")
WRONG = gettext_lazy("Algum dado do cartão não confere")
NO_LIMIT = gettext_lazy("Sem limite")
NOT_NOW = gettext_lazy("O banco não respondeu a tempo")

ASK_BANK = gettext_lazy("Só o banco sabe por quê: fale com ele, ou use outro cartão.")
CONFIRM_THERE = gettext_lazy("O dono do cartão confirma na página do banco, pela fatura.")
WRITE_AGAIN = gettext_lazy("Guarde o cartão de novo, conferindo cada dado.")
OTHER_CARD = gettext_lazy("Use outro cartão ou outra forma de pagamento.")
ANOTHER_DAY = gettext_lazy("Libere limite no banco, use outro cartão ou tente outro dia.")
TRY_LATER = gettext_lazy("Tente de novo mais tarde: costuma passar.")

Told = tuple[Promise, Promise]


def _all(codes: Iterable[str], why: Promise, then: Promise) -> Iterator[tuple[str, Told]]:
    return ((code, (why, then)) for code in codes)


NO_REASON = (
    *("call_issuer", "card_declined", "do_not_honor", "do_not_try_again", "fraudulent"),
    *("generic_decline", "highest_risk_level", "lost_card", "merchant_blacklist"),
    *("no_action_taken", "not_permitted", "pickup_card", "restricted_card"),
    *("revocation_of_all_authorizations", "revocation_of_authorization"),
    *("security_violation", "service_not_allowed", "stolen_card", "stop_payment_order"),
    *("transaction_not_allowed", "unknown"),
)
"""Nobody is told that a card was reported as stolen, or is under suspicion: who holds it may be the thief."""
UNCONFIRMED = (
    *("authentication_not_handled", "authentication_required"),
    *("mobile_device_authentication_required", "offline_pin_required"),
    *("online_or_offline_pin_required", "requires_action"),
)
MISWRITTEN = (
    *("incorrect_address", "incorrect_cvc", "incorrect_number", "incorrect_pin"),
    *("incorrect_zip", "invalid_cvc", "invalid_expiry_month", "invalid_expiry_year"),
    *("invalid_number", "invalid_pin"),
)
PASSING = (
    *("approve_with_id", "issuer_not_available", "processing_error"),
    *("reenter_transaction", "try_again_later"),
)

DECLINES: Mapping[str, Told] = {
    **dict(_all(NO_REASON, NOT_AUTHORIZED, ASK_BANK)),
    **dict(_all(UNCONFIRMED, CONFIRM, CONFIRM_THERE)),
    **dict(_all(MISWRITTEN, WRONG, WRITE_AGAIN)),
    **dict(_all(PASSING, NOT_NOW, TRY_LATER)),
    **dict(_all(["insufficient_funds", "card_velocity_exceeded"], NO_LIMIT, ANOTHER_DAY)),
    "withdrawal_count_limit_exceeded": (
        gettext_lazy("Passou do número de usos que o banco permite"),
        ANOTHER_DAY,
    ),
    "pin_try_exceeded": (gettext_lazy("Senha errada vezes demais"), ASK_BANK),
    "expired_card": (gettext_lazy("Cartão vencido"), OTHER_CARD),
    "new_account_information_available": (
        gettext_lazy("O banco trocou este cartão por outro"),
        gettext_lazy("Guarde o cartão novo."),
    ),
    "invalid_account": (gettext_lazy("O banco não conhece mais este cartão"), OTHER_CARD),
    "resource_missing": (gettext_lazy("A operadora não guarda mais este cartão"), OTHER_CARD),
    "card_not_supported": (gettext_lazy("O cartão não faz este tipo de compra"), OTHER_CARD),
    "currency_not_supported": (gettext_lazy("O cartão não paga nesta moeda"), OTHER_CARD),
    "invalid_amount": (gettext_lazy("O banco não aceita este valor"), ASK_BANK),
    "duplicate_transaction": (
        gettext_lazy("O banco viu há pouco uma cobrança igual"),
        gettext_lazy("Confira no extrato se já foi pago antes de tentar de novo."),
    ),
    "testmode_decline": (
        gettext_lazy("É um cartão de testes, e a cobrança era de verdade"),
        OTHER_CARD,
    ),
    "canceled": (gettext_lazy("A cobrança foi cancelada na operadora"), TRY_LATER),
    "requires_payment_method": (NOT_AUTHORIZED, OTHER_CARD),
    "never_arrived": (gettext_lazy("A cobrança não chegou à operadora"), TRY_LATER),
}


def decline_words(code: str) -> str:
    """Why; a code that nobody knows yet says what all of them say."""
    return str(DECLINES[code][0]) if code in DECLINES else _("Recusado pelo banco")


def decline_advice(code: str) -> str:
    """What the customer, or who helps them, may do; empty for what is no refusal of a card."""
    return str(DECLINES[code][1]) if code in DECLINES else ""


def error_words(error: str) -> str:
    """Of a charge's error, `code`, `code:advice` or `code words`; what is no code is told as it came."""
    code = (error.split(maxsplit=1) or [""])[0].partition(":")[0]
    if code not in DECLINES:
        return error
    return f"{decline_words(code)}. {decline_advice(code)}"
