"""The box that leads to the documentation's search: `/` leads to it, Enter looks."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.ui.forms import Filters


def search_box() -> Filters:
    return Filters(reverse("docs:search"), search_label=what_to_write(), button=_("Buscar"))


def what_to_write() -> str:
    return _("Operação, caminho, código, evento…")
