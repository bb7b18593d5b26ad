"""The UI kit: typed components, shells, stylesheet and scripts of every page."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "alicerce.ui"
    label = "ui"
