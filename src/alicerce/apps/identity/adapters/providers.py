"""How django-allauth makes a person known whom Google vouches for."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse


class Providers(DefaultSocialAccountAdapter):
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        user = super().populate_user(request, sociallogin, data)
        named = data.get("name") or f"{data.get('first_name', '')} {data.get('last_name', '')}"
        user.name = (named.strip() or user.email.partition("@")[0])[:120]
        user.email = user.email.lower()
        return user

    def on_authentication_error(self, request: HttpRequest, *about: Any, **told: Any) -> None:
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("socialaccount_login_error")))
