"""Addresses of accounts that the site's own pages lead to."""

from django.urls import path

from alicerce.apps.identity.web import entrance

urlpatterns = [
    path("entrar/", entrance.sign_in, name="sign_in"),
    path("sair/", entrance.sign_out, name="sign_out"),
    path(
        "entrar/senha/<str:uid>/<str:token>/", entrance.choose_password, name="choose_password"
    ),
]
