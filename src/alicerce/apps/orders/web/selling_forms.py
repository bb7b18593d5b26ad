"""What somebody of the company types to order for a customer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alicerce.apps.catalog.types import TermsVersion
from alicerce.apps.orders.errors import BadAddon
from alicerce.apps.orders.ports import Place
from alicerce.apps.orders.rules import MOST_SALE_CENTS
from alicerce.apps.orders.types import Extras, Sale, TermsWay
from alicerce.apps.orders.web.forms import PlacingForm
from alicerce.apps.orders.web.selling_addons import OfferedAddon
from alicerce.ui.money_field import MoneyField

LETTER, NO_LETTER, CARD, RECEIVED = "carta", "sem_carta", "cartao", "recebido"
PAYING = {
    LETTER: _("Enviar o link de pagamento por e-mail"),
    NO_LETTER: _("Deixar a fatura em aberto, sem escrever ao cliente"),
    CARD: _("Cobrar o cartão guardado"),
    RECEIVED: _("Já foi pago: registrar o recebimento"),
}


def _room(place: Place) -> str:
    words = ngettext("%(name)s · %(room)s lugar", "%(name)s · %(room)s lugares", place.room)
    return words % {"name": place.name, "room": place.room}


SAYS_WHY = _("Diga o motivo.")


class SellingForm(PlacingForm):
    """A customer's order: what they chose by telephone, how it is paid, and whether they know the terms."""

    inicio = forms.DateField(
        label=_("Começa em"),
        help_text=_(
            "Vazio é o dia do pagamento. Antes de um dia futuro, a fatura sai como a de uma renovação."
        ),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    pagamento = forms.ChoiceField(label=_("Como é pago"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, ways: tuple[str, ...], **given: Any) -> None:
        super().__init__(*args, **given)
        paying = self.fields["pagamento"]
        assert isinstance(paying, forms.ChoiceField)
        paying.choices = [(way, PAYING[way]) for way in ways]
        self.initial.setdefault("pagamento", ways[0])
        self.terms: TermsVersion | None = None
        self.addons: list[OfferedAddon] = []

    def offer_addons(self, addons: list[OfferedAddon]) -> None:
        self.addons = addons
        for addon in addons:
            self.fields.update(addon.fields())

    def offer_places(self, places: Sequence[Place] | None) -> None:
        """Only where it can be delivered now; none chosen is as it always was. None is delivered nowhere."""
        if places is None:
            return
        rooms = [(str(each.id), _room(each)) for each in places]
        self.fields["servidor"] = forms.ChoiceField(
            label=_("Servidor"),
            help_text=_("Só os que têm lugar para este plano agora."),
            choices=[("", _("Escolher na hora, como sempre")), *rooms],
            required=False,
        )

    def _taken(self) -> list[OfferedAddon]:
        return [addon for addon in self.addons if self.cleaned_data.get(addon.name)]

    def show_addon_fault(self, refused: BadAddon) -> None:
        """Beside the add-on it is about."""
        self.add_error(self._taken()[refused.place].name, str(refused))

    def let_reprice(self) -> None:
        """For who may: another price of the plan, or something off the first charge, with a reason."""
        self.fields["preco"] = MoneyField(
            label=_("Preço combinado do plano"),
            help_text=_("Vale em todas as cobranças. Vazio é o preço do catálogo."),
            max_cents=MOST_SALE_CENTS,
            required=False,
        )
        self.fields["desconto"] = MoneyField(
            label=_("Desconto na primeira cobrança"), max_cents=MOST_SALE_CENTS, required=False
        )
        self.fields["motivo_preco"] = forms.CharField(
            label=_("Motivo da mudança de preço"),
            help_text=_("Fica no pedido e no histórico. O cliente não lê."),
            max_length=300,
            required=False,
        )

    def tell_of_terms(self, terms: TermsVersion) -> None:
        self.terms = terms
        self.fields["termos"] = forms.ChoiceField(
            label=_("Termos de venda"),
            choices=[
                (TermsWay.LATER, _("O cliente aceita na página do pedido")),
                (TermsWay.ALREADY, _("O cliente já aceitou")),
            ],
            initial=TermsWay.LATER,
            widget=forms.RadioSelect,
        )
        self.fields["motivo_termos"] = forms.CharField(
            label=_("Como o cliente aceitou"),
            help_text=_("Por exemplo: contrato assinado, gravação da ligação."),
            max_length=300,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        changes = given.get("preco") is not None or given.get("desconto")
        if changes and not given.get("motivo_preco"):
            self.add_error("motivo_preco", SAYS_WHY)
        if given.get("termos") == TermsWay.ALREADY and not given.get("motivo_termos"):
            self.add_error("motivo_termos", SAYS_WHY)
        return given

    @property
    def way(self) -> str:
        return str(self.cleaned_data["pagamento"])

    def sale(self) -> Sale:
        """How it is sold. Only after the form proved valid."""
        given = self.cleaned_data
        terms = TermsWay(given["termos"]) if self.terms else TermsWay.NOT_ASKED
        return Sale(
            by_hand=True,
            plan_cents=given.get("preco"),
            starts_on=given.get("inicio"),
            server_id=UUID(given["servidor"]) if given.get("servidor") else None,
            off_cents=given.get("desconto") or 0,
            price_reason=given.get("motivo_preco", ""),
            writes=self.way == LETTER,
            terms=terms,
            terms_reason=given["motivo_termos"] if terms == TermsWay.ALREADY else "",
        )

    def extras(self) -> Extras:
        """What goes with the plan. Only after the form proved valid."""
        agreed = self.terms and self.cleaned_data["termos"] == TermsWay.ALREADY
        return Extras(
            chosen=self.chosen(),
            coupon=self.coupon(),
            terms_version=self.terms.version if self.terms and agreed else None,
            skip_trial=self.skips_trial(),
            answers=self.said(),
            addons=tuple(addon.chosen(self.cleaned_data) for addon in self._taken()),
        )
