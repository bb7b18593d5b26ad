"""Forms of identity: allauth's, in our words, and a few of our own."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alicerce.apps.identity.models import User
from alicerce.apps.identity.services.people import describe_person

LONGEST = 128
NEW_PASSWORD = _("Pelo menos dez caracteres. Uma frase que só você diria funciona bem.")
CODE_INPUT = {
    "autocomplete": "one-time-code",
    "inputmode": "text",
    "autofocus": True,
    "autocapitalize": "characters",
    "spellcheck": "false",
}


def _new_password(**attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Nova senha"),
        help_text=NEW_PASSWORD,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", **attributes}),
    )


def _current_password() -> forms.CharField:
    return forms.CharField(
        label=_("Senha atual"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _code() -> forms.CharField:
    return forms.CharField(
        label=_("Código"), max_length=40, widget=forms.TextInput(attrs=CODE_INPUT)
    )


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label, password.help_text = _("E-mail"), _("Senha"), ""
        login.widget.attrs = {
            "type": "email",
            "autocomplete": "username webauthn",
            "autofocus": True,
        }
        password.widget.attrs = {"autocomplete": "current-password"}
        password.max_length = LONGEST


class SignUpForm(account.SignupForm):
    name = forms.CharField(
        label=_("Nome"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "email"}
        self.fields["password1"] = _new_password()
        self.fields["password1"].label = _("Senha")

    def clean(self) -> Any:
        """Once more with the name, which allauth does not look at."""
        given = super().clean()
        password = self.cleaned_data.get("password1")
        if password and not self.has_error("password1"):
            person = User(
                email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", "")
            )
            try:
                validate_password(password, person)
            except forms.ValidationError as refused:
                self.add_error("password1", refused)
        return given

    def try_save(self, request: HttpRequest) -> Any:
        """A person who is known costs as much time as one who is not."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        describe_person(user_id=user.pk, name=user.name, locale=get_language() or user.locale)


class EmailCodeForm(account.ConfirmEmailVerificationCodeForm):
    code = _code()


class ForgottenPasswordForm(account.ResetPasswordForm):
    email = account.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class ResetCodeForm(account.ConfirmPasswordResetCodeForm):
    code = _code()


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"] = _new_password(autofocus=True)
        del self.fields["password2"]

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password


class SecondFactorForm(AuthenticateForm):
    code = _code()


class ChoosePasswordForm(forms.Form):
    password = _new_password(autofocus=True)

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class ChangePasswordForm(ChoosePasswordForm):
    current = _current_password()
    field_order = ("current", "password")

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.person.check_password(current):
            raise forms.ValidationError(_("A senha atual não confere."))
        return current


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Nome"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    locale = forms.ChoiceField(label=_("Idioma"), choices=settings.LANGUAGES)


class NewEmailForm(account.AddEmailForm):
    email = account.EmailField(
        label=_("Novo e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class AppCodeForm(ActivateTOTPForm):
    code = _code()


class PasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Nome da chave"),
        help_text=_("Para reconhecê-la depois, como “celular” ou “notebook”."),
        max_length=60,
        required=False,
    )
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput())


class PasskeyNameForm(forms.Form):
    name = forms.CharField(label=_("Nome da chave"), max_length=60)


class ProofCodeForm(forms.Form):
    code = _code()


class ProofPasswordForm(forms.Form):
    password = _current_password()


class ConfirmForm(forms.Form):
    """The second look: the name of what is destroyed, typed."""

    name = forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, wanted: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.wanted = wanted
        self.fields["name"].label = _("Digite %(name)s para confirmar") % {"name": wanted}

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"].strip()
        if typed != self.wanted:
            raise forms.ValidationError(_("O nome não confere."))
        return typed
