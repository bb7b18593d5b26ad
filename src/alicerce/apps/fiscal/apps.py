"""Registration of fiscal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiscalConfig(AppConfig):
    name = "alicerce.apps.fiscal"
    label = "fiscal"
    verbose_name = _("Notas fiscais")

    def ready(self) -> None:
        from alicerce.apps.billing.ports import documents_of_invoices
        from alicerce.apps.fiscal.adapters.nfse import open_certificate, open_nfse
        from alicerce.apps.fiscal.ports import certificates, issuers
        from alicerce.apps.fiscal.queries.documents import links_of

        issuers["nfse"] = open_nfse
        certificates["pkcs12"] = open_certificate
        documents_of_invoices["nfse"] = links_of
