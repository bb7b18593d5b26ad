"""A source in memory, at the port: it shows what it is told to, or stumbles."""

from alicerce.apps.transfers.types import Domain, Source, SourceFacts

FACTS = SourceFacts(
    version="11.138.0.10",
    domain="padaria.com.br",
    plan="profissional",
    disk_used=700 * 1024 * 1024,
    domains=(Domain("padaria.com.br", "main"),),
)


class MoverInMemory:
    def __init__(self) -> None:
        self.facts = FACTS
        self.troubles: list[Exception] = []
        self.asked: list[tuple[Source, str]] = []

    def may_reach(self, source: Source) -> bool:
        return source.port in {443, 2087}

    def can_pin(self, certificate: str) -> bool:
        return "BEGIN CERTIFICATE" in certificate

    def examine(self, source: Source, token: str) -> SourceFacts:
        self.asked.append((source, token))
        if self.troubles:
            raise self.troubles.pop(0)
        return self.facts
