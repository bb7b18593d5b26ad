"""What people type about tax documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.fiscal.types import CancelCode, Environment, IssuerSpec, IssueWhen
from alicerce.apps.fiscal.web.words import CANCEL_CODES, ENVIRONMENTS, REGIMES, SIMPLES, WHEN
from alicerce.kernel.brazil import BadDocument
from alicerce.kernel.brazil import document as read_document

MOST_BYTES = 64 * 1024
NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class IssuerForm(forms.Form):
    document = forms.CharField(label=_("CNPJ"), max_length=20)
    city_code = forms.RegexField(
        r"^\d{7}$",
        label=_("Município (código do IBGE)"),
        widget=forms.TextInput(NUMERIC),
        max_length=7,
    )
    city_registration = forms.CharField(
        label=_("Inscrição municipal"), max_length=15, required=False
    )
    series = forms.RegexField(
        r"^[1-9]\d{0,4}$",
        label=_("Série da DPS"),
        help_text=_("De 1 a 49999, uma para cada sistema que emite por este CNPJ."),
        initial="1",
        widget=forms.TextInput(NUMERIC),
        max_length=5,
    )
    simples = forms.ChoiceField(label=_("Simples Nacional"), choices=list(SIMPLES.items()))
    simples_regime = forms.ChoiceField(
        label=_("Apuração no Simples"), choices=list(REGIMES.items()), required=False
    )
    service_code = forms.RegexField(
        r"^\d{6}$",
        label=_("Código de serviço padrão"),
        help_text=_("Para planos que não têm o seu: hospedagem é 010301."),
        widget=forms.TextInput(NUMERIC),
        max_length=6,
        required=False,
    )
    nbs = forms.RegexField(
        r"^\d{9}$",
        label=_("NBS"),
        widget=forms.TextInput(NUMERIC),
        max_length=9,
        required=False,
    )
    when = forms.ChoiceField(
        label=_("Emitir a nota"), choices=[(w.value, said) for w, said in WHEN.items()]
    )
    environment = forms.ChoiceField(
        label=_("Ambiente"), choices=[(e.value, said) for e, said in ENVIRONMENTS.items()]
    )
    base_url = forms.URLField(
        label=_("Outro endereço do sistema nacional"),
        help_text=_("Vazio: o oficial do ambiente."),
        max_length=200,
        required=False,
        assume_scheme="https",
    )

    def clean_document(self) -> str:
        try:
            return read_document(self.cleaned_data["document"]).number
        except BadDocument:
            raise forms.ValidationError(_("Confira o CNPJ.")) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("simples") == "3" and not said.get("simples_regime"):
            self.add_error("simples_regime", _("Diga como a empresa apura."))
        return said

    def spec(self, kept: IssuerSpec | None) -> IssuerSpec:
        said = dict(self.cleaned_data)
        when, environment = IssueWhen(said.pop("when")), Environment(said.pop("environment"))
        authority = kept.ca_pem if kept and kept.base_url == said["base_url"] else ""
        return IssuerSpec(**said, when=when, environment=environment, ca_pem=authority)


class CertificateForm(forms.Form):
    certificate = forms.FileField(
        label=_("Arquivo do certificado A1"), help_text=_("PKCS#12: .pfx ou .p12.")
    )
    password = forms.CharField(
        label=_("Senha do certificado"),
        widget=forms.PasswordInput({"autocomplete": "off"}),
        max_length=200,
        strip=False,
    )

    def clean_certificate(self) -> bytes:
        found = self.cleaned_data["certificate"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(_("Isto é grande demais para um certificado."))
        content: bytes = found.read()
        return content


class CancelForm(forms.Form):
    code = forms.ChoiceField(
        label=_("Motivo"), choices=[(c.value, said) for c, said in CANCEL_CODES.items()]
    )
    reason = forms.CharField(
        label=_("Descrição"),
        help_text=_("De 15 a 255 letras: vai para a prefeitura."),
        min_length=15,
        max_length=255,
    )

    @property
    def meant(self) -> CancelCode:
        return CancelCode(self.cleaned_data["code"])


class DismissForm(forms.Form):
    reason = forms.CharField(label=_("Por que a nota fica como está"), max_length=200)
