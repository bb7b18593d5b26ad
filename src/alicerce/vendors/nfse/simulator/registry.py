"""The notes that were authorized, and what is refused. Read strictly: the real one is no kinder."""

import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime

from alicerce.kernel.clock import now
from alicerce.vendors.nfse.signing import is_signed
from alicerce.vendors.nfse.writing import NAMESPACE
from alicerce.vendors.simulation.store import Store

ORDER = (
    "tpAmb", "dhEmi", "verAplic", "serie", "nDPS", "dCompet", "tpEmit", "cLocEmi", "subst", "prest",
    "toma", "serv", "valores",
)  # fmt: skip
SHAPES = {
    "serv/cServ/cTribNac": r"\d{6}",
    "serv/locPrest/cLocPrestacao": r"\d{7}",
    "valores/vServPrest/vServ": r"(0|[1-9]\d{0,14})\.\d{2}",
    "valores/trib/tribMun/tribISSQN": r"[1-4]",
    "valores/trib/tribMun/tpRetISSQN": r"[1-3]",
    "prest/regTrib/opSimpNac": r"[1-3]",
    "toma/xNome": r".{1,300}",
}
NS = f"{{{NAMESPACE}}}"


class Refused(Exception):
    def __init__(self, code: str, words: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.words, self.status = code, words, status


class Registry:
    """What the national system remembers."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime] = now) -> None:
        self._store, self._clock = store, clock
        self._lock = threading.Lock()

    def authorize(self, xml: str) -> tuple[str, str]:
        """The key and the note. Raises Refused."""
        found = _read(xml, "infDPS")
        _check(found)
        with self._lock:
            if self._store.get("dps", found.attrib["Id"]):
                raise Refused(
                    "E0014", "Conjunto de série, número e emitente já existe em NFS-e."
                )
            number = len(self._store.all("note")) + 1
            key = _key_of(found.attrib["Id"], number)
            note = self._note(xml, found, key, number)
            self._store.put("dps", found.attrib["Id"], key)
            self._store.put("note", key, {"xml": note, "cancelled": False})
            if (replaced := _text(found, "subst/chSubstda")) and self._store.get(
                "note", replaced
            ):
                self._end(replaced)
        return key, note

    def key_of(self, dps_id: str) -> str | None:
        found: str | None = self._store.get("dps", dps_id)
        return found

    def note(self, key: str) -> str | None:
        found = self._store.get("note", key)
        return found["xml"] if found else None

    def is_cancelled(self, key: str) -> bool:
        found = self._store.get("note", key)
        return bool(found and found["cancelled"])

    def cancel(self, key: str, xml: str) -> None:
        """Raises Refused."""
        asked = _read(xml, "infPedReg")
        if _text(asked, "chNFSe") != key or self.note(key) is None:
            raise Refused("E1805", "A NFS-e indicada não existe.", 404)
        if len(_text(asked, "e101101/xMotivo")) < 15:  # noqa: PLR2004 (the layout's own)
            raise Refused("E1831", "O motivo tem de ter de 15 a 255 caracteres.")
        if self.is_cancelled(key):
            raise Refused("E0840", "A NFS-e já está cancelada.")
        self._end(key)

    def notes(self) -> list[str]:
        return list(self._store.all("note"))

    def _end(self, key: str) -> None:
        self._store.put("note", key, {"xml": self.note(key), "cancelled": True})

    def _note(self, xml: str, found: ET.Element, key: str, number: int) -> str:
        at = self._clock().isoformat(timespec="seconds")
        dps = xml.partition("?>")[2] or xml
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><NFSe xmlns="{NAMESPACE}" versao="1.01">'
            f'<infNFSe Id="NFS{key}"><nNFSe>{number}</nNFSe><cStat>100</cStat><dhProc>{at}</dhProc>'
            f"<valores><vLiq>{_text(found, 'valores/vServPrest/vServ')}</vLiq></valores>{dps}"
            "</infNFSe></NFSe>"
        )


def _read(xml: str, element: str) -> ET.Element:
    try:
        root = ET.fromstring(xml)  # noqa: S314 (a simulator, on the loopback, of its own tests)
    except ET.ParseError:
        raise Refused("E1235", "Falha no esquema XML.") from None
    found = root.find(f"{NS}{element}")
    if found is None or "Id" not in found.attrib:
        raise Refused("E1235", "Falha no esquema XML.")
    if not is_signed(ET.canonicalize(xml), element) and not is_signed(xml, element):
        raise Refused("E0714", "Arquivo enviado com erro na assinatura.")
    return found


def _check(found: ET.Element) -> None:
    names = [child.tag.removeprefix(NS) for child in found]
    if names != [name for name in ORDER if name in names]:
        raise Refused("E1235", "Falha no esquema XML: ordem dos elementos.")
    for path, shape in SHAPES.items():
        if not re.fullmatch(shape, _text(found, path)):
            raise Refused("E1235", f"Falha no esquema XML: {path}.")
    if found.attrib["Id"] != _id_of(found):
        raise Refused("E0004", "O identificador da DPS difere da concatenação dos campos.")
    if (
        _text(found, "valores/trib/tribMun/tpRetISSQN") == "2"
        and found.find(_path("toma/end")) is None
    ):
        raise Refused("E0237", "O endereço do tomador é obrigatório quando há retenção.")


def _id_of(found: ET.Element) -> str:
    document, kind = _text(found, "prest/CNPJ"), "2"
    if not document:
        document, kind = _text(found, "prest/CPF"), "1"
    number, series = _text(found, "nDPS"), _text(found, "serie")
    return f"DPS{_text(found, 'cLocEmi')}{kind}{document:0>14}{series:0>5}{number:0>15}"


def _key_of(dps_id: str, number: int) -> str:
    """City, environment, kind, document, number, month and a code: fifty digits."""
    return f"{dps_id[3:10]}2{dps_id[10]}{dps_id[11:25]}{number:013d}2609{number:09d}0"


def _path(path: str) -> str:
    return "/".join(f"{NS}{name}" for name in path.split("/"))


def _text(found: ET.Element, path: str) -> str:
    return (found.findtext(_path(path)) or "").strip()
