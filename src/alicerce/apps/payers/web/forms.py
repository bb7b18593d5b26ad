"""What people say of the platform's products when they buy, change and end them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PurchaseForm(forms.Form):
    """How much was shown, and which kept card is charged; none is to pay on the order's page."""

    expected_cents = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    card_id = forms.UUIDField(required=False, label=_("Como pagar"))


class ChangeForm(forms.Form):
    price_id = forms.UUIDField(widget=forms.HiddenInput)
    expected_cents = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HowForm(forms.Form):
    """The kept cards, the one that is charged first before the others, and everything else."""

    expected_cents = forms.IntegerField(widget=forms.HiddenInput)
    card_id = forms.ChoiceField(label=_("Como pagar"), required=False)

    def __init__(self, *given: Any, cards: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        other = ("", str(_("Pix, boleto ou outro cartão, na página do pedido")))
        self.fields["card_id"].choices = [*cards, other]  # type: ignore[attr-defined]
        if not cards:
            del self.fields["card_id"]
