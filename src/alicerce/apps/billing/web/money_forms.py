"""What people type to correct an invoice, to give money back, and to change the rules."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.rules.connecting import MOST_FEE, MOST_FIXED_CENTS
from alicerce.apps.billing.services.change_rules import MOST_FINE, MOST_INTEREST
from alicerce.apps.billing.types import BY_HAND, LineView
from alicerce.apps.billing.types.connecting import ConnectTerms, OfferView
from alicerce.apps.billing.web.money_words import METHODS
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.money import Money
from alicerce.ui.money_field import MoneyField

OFF = {"autocomplete": "off"}
MOST_DAYS = 30
VALID_DAYS, MOST_VALID_DAYS, MOST_DISCOUNT = 30, 365, 5000


@dataclass(frozen=True)
class Target:
    """What is about to be done something to: its name, how much there is to do it with, the way back."""

    id: UUID
    name: str
    most: Money
    back: str
    today: date
    zone: str
    lines: tuple[LineView, ...] = ()
    is_by_hand: bool = False


class DeedForm(forms.Form):
    """Every correction has a reason. It is kept in the trail, under the customer's own key."""

    reason = forms.CharField(label=_("Motivo"), max_length=300, widget=forms.TextInput(OFF))
    ordered: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """What the address may say already, for a person to look at."""

    def __init__(self, *args: Any, target: Target, **options: Any) -> None:
        super().__init__(*args, **options)
        self.target = target
        self.order_fields([*self.ordered, "reason"])
        amount = self.fields.get("amount")
        if isinstance(amount, MoneyField):
            amount.max_cents = target.most.cents
            amount.initial = target.most.cents

    def clean_amount(self) -> int:
        cents: int = self.cleaned_data["amount"]
        if cents < 1:
            raise forms.ValidationError(_("Escreva um valor maior que zero."))
        return cents

    @property
    def meant(self) -> Money:
        return Money(self.cleaned_data.get("amount") or 0, self.target.most.currency)


class ReasonForm(DeedForm):
    """Nothing but why: it is about all that is left."""

    @property
    def meant(self) -> Money:
        return self.target.most


class PaymentForm(DeedForm):
    ordered = ("amount", "method", "received_on", "reference", "proof")
    told = ("received_on", "reference", "proof")

    amount = MoneyField(label=_("Valor recebido"), max_cents=0)
    method = forms.ChoiceField(
        label=_("Como chegou"), choices=[(m.value, METHODS[m]) for m in BY_HAND]
    )
    received_on = forms.DateField(
        label=_("Recebido em"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(
        label=_("Referência"),
        help_text=_("O número no extrato ou no recibo. Vale uma vez só."),
        max_length=120,
        widget=forms.TextInput(OFF),
    )
    proof = forms.CharField(
        label=_("Onde está o comprovante"), max_length=300, widget=forms.TextInput(OFF)
    )

    def __init__(self, *args: Any, target: Target, **options: Any) -> None:
        super().__init__(*args, target=target, **options)
        self.fields["received_on"].initial = target.today

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > self.target.today:
            raise forms.ValidationError(_("Este dia ainda não chegou."))
        return day

    def received_at(self, *, at: datetime) -> datetime:
        """Noon of that day where the company is; of today, now."""
        zone = ZoneInfo(self.target.zone)
        noon = datetime.combine(self.cleaned_data["received_on"], time(12), tzinfo=zone)
        return min(noon, at)


class CreditForm(DeedForm):
    ordered = ("part", "amount")

    part = forms.ChoiceField(label=_("De que item"), required=False)
    amount = MoneyField(label=_("Valor a creditar"), max_cents=0)

    def __init__(self, *args: Any, target: Target, **options: Any) -> None:
        super().__init__(*args, target=target, **options)
        lines = [
            (str(line.position), f"{display_domains(line.description)} · {line.total}")
            for line in target.lines
            if line.total.cents > 0
        ]
        self.fields["part"].choices = [("", _("Da fatura toda")), *lines]  # type: ignore[attr-defined]

    @property
    def position(self) -> int | None:
        said = self.cleaned_data["part"]
        return int(said) if said else None


class RefundForm(DeedForm):
    ordered = ("amount", "reference")

    amount = MoneyField(label=_("Valor a devolver"), max_cents=0)
    reference = forms.CharField(
        label=_("Referência da devolução"),
        help_text=_("O que foi recebido por fora volta por fora: diga como."),
        max_length=120,
        widget=forms.TextInput(OFF),
    )

    def __init__(self, *args: Any, target: Target, **options: Any) -> None:
        super().__init__(*args, target=target, **options)
        if not target.is_by_hand:
            del self.fields["reference"]


class WalletForm(DeedForm):
    ordered = ("direction", "amount")

    direction = forms.ChoiceField(
        label=_("O que fazer"), choices=[("give", _("Dar saldo")), ("take", _("Tirar saldo"))]
    )
    amount = MoneyField(label=_("Valor"), max_cents=0)

    def __init__(self, *args: Any, target: Target, **options: Any) -> None:
        super().__init__(*args, target=target, **options)
        self.fields["amount"].max_cents = 10_000_000  # type: ignore[attr-defined]
        self.fields["amount"].initial = None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        takes = said.get("direction") == "take"
        if takes and (said.get("amount") or 0) > self.target.most.cents:
            self.add_error("amount", _("O cliente não tem tanto saldo."))
        return said

    @property
    def meant(self) -> Money:
        cents = self.cleaned_data["amount"]
        signed = -cents if self.cleaned_data["direction"] == "take" else cents
        return Money(signed, self.target.most.currency)


class FundsForm(forms.Form):
    """How much to put into a wallet; for which customer, where a person acts for several."""

    amount = MoneyField(label=_("Quanto adicionar"), max_cents=10_000_000)

    def clean_amount(self) -> int:
        cents: int = self.cleaned_data["amount"]
        if cents < 100:  # noqa: PLR2004 (cents: providers take no less)
            raise forms.ValidationError(_("O mínimo é 1,00."))
        return cents


class RulesForm(forms.Form):
    uses_wallet = forms.BooleanField(
        label=_("Usar o saldo do cliente sozinho quando uma fatura é emitida"), required=False
    )
    fine = MoneyField(
        label=_("Multa por atraso, em %"),
        help_text=_(
            "Até 2%, uma vez (CDC, art. 52). Zero não cobra. O contrato tem de prever."
        ),
        max_cents=MOST_FINE,
        required=False,
    )
    interest = MoneyField(
        label=_("Juros por mês de atraso, em %"),
        help_text=_("Até 1% por mês, contados por dia."),
        max_cents=MOST_INTEREST,
        required=False,
    )
    grace_days = forms.IntegerField(
        label=_("Dias de tolerância"),
        help_text=_(
            "Com tolerância, o Pix não soma multa nem juros: vêm depois, em outra fatura."
        ),
        min_value=0,
        max_value=MOST_DAYS,
        initial=0,
    )
    early = MoneyField(
        label=_("Desconto de quem paga antes por Pix, em %"),
        max_cents=MOST_DISCOUNT,
        required=False,
    )
    early_days = forms.IntegerField(
        label=_("Quantos dias antes do vencimento"),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )
    pix_valid_days = forms.IntegerField(
        label=_("Por quantos dias depois do vencimento o Pix ainda é pago"),
        min_value=0,
        max_value=MOST_VALID_DAYS,
        required=False,
    )
    pix_at_issue = forms.BooleanField(
        label=_("Gerar o Pix quando a fatura é emitida, sem esperar que alguém o peça"),
        help_text=_("Os lembretes já levam o código."),
        required=False,
    )


class OfferForm(forms.Form):
    """Whether companies are paid through the platform, and what of each payment is its own."""

    is_open = forms.BooleanField(
        label=_("Empresas podem abrir contas por aqui"), required=False
    )
    fee = MoneyField(
        label=_("Tarifa da plataforma, em %"),
        help_text=_(
            "De cada pagamento, arredondada para baixo ao centavo. Contas já abertas seguem com "
            "a tarifa que aceitaram."
        ),
        max_cents=MOST_FEE,
        required=False,
    )
    fixed = MoneyField(
        label=_("Mais uma tarifa fixa, em R$"),
        help_text=_(
            "De cada pagamento em reais. As duas somadas nunca passam de trinta por cento do pagamento."
        ),
        max_cents=MOST_FIXED_CENTS,
        required=False,
    )
    gives_fee_back = forms.BooleanField(
        label=_("Em um estorno, a tarifa volta na mesma proporção"), required=False
    )

    @staticmethod
    def typed(found: OfferView | None) -> dict[str, object]:
        terms = found.terms if found else ConnectTerms()
        return {
            "is_open": terms.is_open,
            "fee": terms.fee_basis_points,
            "fixed": terms.fee_fixed_cents,
            "gives_fee_back": terms.gives_fee_back,
        }

    def meant(self) -> ConnectTerms:
        said = self.cleaned_data
        return ConnectTerms(
            fee_basis_points=said["fee"] or 0,
            fee_fixed_cents=said["fixed"] or 0,
            gives_fee_back=said["gives_fee_back"],
            is_open=said["is_open"],
        )
