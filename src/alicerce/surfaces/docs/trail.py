"""Where in the documentation a page stands."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.ui.component import Words
from alicerce.ui.layout import Crumb


def crumbs(here: Words) -> list[Crumb]:
    return [Crumb(_("Documentação"), reverse("docs:start")), Crumb(here)]
