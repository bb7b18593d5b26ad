"""The API's own document, and the page that draws it."""

from functools import cache

from csp.decorators import csp_update
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.kernel.access import Request, public_page
from alicerce.surfaces.api.document import text
from alicerce.surfaces.docs.search_box import search_box
from alicerce.surfaces.docs.trail import crumbs
from alicerce.ui.code import Reference
from alicerce.ui.page import Page, render_page

drawn = cache(text)
LANGUAGES = {"en": "en", "pt-br": "pt-br"}
LOOSE = {"style-src": ["'unsafe-inline'"]}  # what draws the page writes its styles into it


@public_page
@require_safe
def openapi(request: Request) -> HttpResponse:
    """In Portuguese, as it is frozen, or with `?idioma=en` in English."""
    language = LANGUAGES.get(request.GET.get("idioma", ""), "pt-br")
    return HttpResponse(drawn(language), content_type="application/json")


@public_page
@require_safe
@csp_update(LOOSE)  # type: ignore[arg-type]  # it knows no narrower request than Django's
def show(request: Request) -> HttpResponse:
    page = Page(
        _("Referência da API"),
        "site",
        [search_box(), Reference(f"{reverse('docs:openapi')}?idioma={get_language()}")],
        lead=_("Todas as operações, o que pedem e o que respondem."),
        breadcrumbs=crumbs(_("Referência")),
    )
    return render_page(request, page)
