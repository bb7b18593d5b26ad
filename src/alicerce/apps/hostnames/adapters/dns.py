"""DNS over the wire: the name servers of the settings, or the machine's own."""

from django.conf import settings

from alicerce.vendors.resolver.client import DnsClient


def open_dns() -> DnsClient:
    return DnsClient(settings.DNS_SERVERS)
