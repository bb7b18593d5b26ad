"""NFS-e by the national system (Sefin Nacional)."""

from alicerce.apps.fiscal.ports import (
    Authorized,
    CancelOrder,
    DocumentOrder,
    IssuerConfig,
    OpenedCertificate,
    Rejected,
    Taker,
)
from alicerce.apps.fiscal.types import Declared, Environment
from alicerce.kernel.http import Unknown
from alicerce.vendors.nfse import dps as layout
from alicerce.vendors.nfse.client import NfseClient, Note
from alicerce.vendors.nfse.outcomes import KNOWN_ALREADY, NfseRefusal
from alicerce.vendors.nfse.settings import PRODUCTION_URL, RESTRICTED_URL, NfseSettings
from alicerce.vendors.nfse.signing import BadCertificate, open_pkcs12

URLS = {
    Environment.PRODUCTION: PRODUCTION_URL,
    Environment.RESTRICTED: RESTRICTED_URL,
}
FEDERAL, OF_STATES, OF_CITIES = ("pis", "cofins", "cbs"), ("ibs",), ("iss",)


class NfseIssuer:
    """The name of a DPS is made of its number: after a lost answer it is asked for by that name."""

    def __init__(self, config: IssuerConfig) -> None:
        self._config = config
        self._client: NfseClient | None = None

    def name_of(self, *, series: str, number: int) -> str:
        spec = self._config.spec
        return layout.dps_id(
            city_code=spec.city_code, document=spec.document, series=series, number=number
        )

    def write(self, order: DocumentOrder) -> str:
        return layout.signed_dps(
            self._dps(order), key_pem=self._config.key_pem, cert_pem=self._config.cert_pem
        )

    def send(self, xml: str) -> Authorized:
        try:
            return _authorized(self._open().send_dps(xml))
        except NfseRefusal as refusal:
            if refusal.code == KNOWN_ALREADY:
                raise Unknown("NFS-e: sent before") from refusal
            raise Rejected(refusal.code, refusal.detail) from refusal

    def find(self, dps_id: str) -> Authorized | None:
        try:
            found = self._open().find_note(dps_id)
        except NfseRefusal as refusal:
            raise Unknown(str(refusal)) from refusal
        return _authorized(found) if found else None

    def cancel(self, order: CancelOrder) -> None:
        xml = layout.signed_cancellation(
            environment=self._config.spec.environment.value,
            document=self._config.spec.document,
            key=order.access_key,
            code=order.code.value,
            reason=order.reason,
            at=order.asked_at,
            key_pem=self._config.key_pem,
            cert_pem=self._config.cert_pem,
        )
        try:
            self._open().cancel(order.access_key, xml)
        except NfseRefusal as refusal:
            raise Rejected(refusal.code, refusal.detail) from refusal

    def is_cancelled(self, access_key: str) -> bool:
        try:
            return self._open().is_cancelled(access_key)
        except NfseRefusal as refusal:
            raise Unknown(str(refusal)) from refusal

    def close(self) -> None:
        if self._client:
            self._client.close()

    def _open(self) -> NfseClient:
        if self._client is None:
            spec = self._config.spec
            settings = NfseSettings(
                base_url=self._config.base_url or URLS[spec.environment],
                cert_pem=self._config.cert_pem,
                key_pem=self._config.key_pem,
                ca_pem=spec.ca_pem or None,
            )
            self._client = NfseClient(settings)
        return self._client

    def _dps(self, order: DocumentOrder) -> layout.Dps:
        spec = self._config.spec
        return layout.Dps(
            environment=spec.environment.value,
            series=order.series,
            number=order.number,
            issued_at=order.issued_at,
            competence=order.declared.competence,
            provider=layout.Provider(
                spec.document,
                spec.city_code,
                spec.city_registration,
                spec.simples,
                spec.simples_regime,
                spec.special_regime,
            ),
            taker=_taker(order.taker),
            service=layout.Service(
                order.declared.service_code,
                order.declared.description,
                spec.city_code,
                order.city_service_code,
                order.nbs,
            ),
            amounts=_amounts(order.declared),
            replaces=layout.Replaced(order.replaces_key, "99", "Valores corrigidos")
            if order.replaces_key
            else None,
        )


def open_nfse(config: IssuerConfig) -> NfseIssuer:
    return NfseIssuer(config)


def _authorized(note: Note) -> Authorized:
    return Authorized(note.key, note.number, note.xml)


def _taker(found: Taker) -> layout.Taker:
    place = found.address
    address = (
        layout.Address(
            place.city_code,
            place.postal_code,
            place.street,
            place.number,
            place.district,
            place.complement,
        )
        if place
        else None
    )
    return layout.Taker(
        found.name,
        found.document,
        found.city_registration,
        found.email,
        found.phone,
        address,
    )


def _amounts(declared: Declared) -> layout.Amounts:
    taxes = declared.taxes
    iss = taxes.get("iss")
    pis, cofins = taxes.get("pis"), taxes.get("cofins")
    return layout.Amounts(
        service=declared.service_cents,
        iss_ppm=iss[0] if iss else None,
        iss_withheld=bool(iss and iss[2]),
        pis=pis[:2] if pis else None,
        cofins=cofins[:2] if cofins else None,
        federal_withheld=bool((pis and pis[2]) or (cofins and cofins[2])),
        federal_total=_total(declared, FEDERAL),
        state_total=_total(declared, OF_STATES),
        city_total=_total(declared, OF_CITIES),
    )


def _total(declared: Declared, kinds: tuple[str, ...]) -> int:
    return sum(declared.taxes[kind][1] for kind in kinds if kind in declared.taxes)


def open_certificate(content: bytes, password: str) -> OpenedCertificate | None:
    try:
        found = open_pkcs12(content, password)
    except BadCertificate:
        return None
    return OpenedCertificate(
        found.cert_pem, found.key_pem, found.name, found.document, found.valid_until
    )
