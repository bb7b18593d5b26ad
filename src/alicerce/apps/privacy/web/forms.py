"""What people say about their data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.privacy.types import Purpose


class CorrectionForm(forms.Form):
    words = forms.CharField(
        label=_("O que está errado, e o certo"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ConsentForm(forms.Form):
    finalidade = forms.ChoiceField(choices=[(each.value, each.value) for each in Purpose])
    vale = forms.CharField(required=False)
