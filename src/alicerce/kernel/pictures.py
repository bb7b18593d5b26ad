"""Pictures that strangers send: what they are is read from their bytes, and only what draws is kept.

A PNG is written anew from the chunks that make it; an SVG from a list of shapes and colors. What runs, loads
or links is not on the list, so there is nothing to look for.
"""

import re
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from struct import pack, unpack
from typing import ClassVar, Literal
from xml.etree import ElementTree as ET
from xml.parsers import expat

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused

LARGEST = 100 * 1024
"""Bytes of a file."""
LONGEST_SIDE = 1200
"""Pixels."""
MOST_ELEMENTS, DEEPEST = 2000, 20
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
SVG = "http://www.w3.org/2000/svg"
SHAPES = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "title",
    ]
)
DRAWS = frozenset(
    [
        "viewBox",
        "width",
        "height",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "d",
        "points",
        "transform",
        "id",
        "fill",
        "stroke",
        "opacity",
        "fill-rule",
        "clip-rule",
        "clip-path",
        "fill-opacity",
        "stroke-opacity",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "preserveAspectRatio",
    ]
)
STYLED = frozenset(name for name in DRAWS if "-" in name) | {"fill", "stroke", "opacity"}
PLAIN = re.compile(r"[\w\s.,#%()+\-]*|url\(#[\w\-]+\)")


class NotAPicture(Refused):
    code: ClassVar[str] = "not_a_picture"
    status: ClassVar[int] = 422
    message: ClassVar[str | Promise] = _(
        "O arquivo não é um PNG ou SVG que se possa ler por inteiro."
    )


class PictureTooLarge(Refused):
    code: ClassVar[str] = "picture_too_large"
    status: ClassVar[int] = 422
    message: ClassVar[str | Promise] = _("A imagem passa de 100 KB ou de 1200 pontos de lado.")


@dataclass(frozen=True, slots=True)
class Picture:
    kind: Literal["png", "svg"]
    body: bytes


def cleaned(raw: bytes) -> Picture:
    """The same picture with nothing else in it. Raises NotAPicture, PictureTooLarge."""
    if len(raw) > LARGEST:
        raise PictureTooLarge
    if raw.startswith(SIGNATURE):
        return Picture("png", _png(raw))
    return Picture("svg", _svg(raw))


def as_svg(picture: Picture) -> str:
    """For who draws SVG alone: a PNG stands in one, as it is."""
    if picture.kind == "svg":
        return picture.body.decode()
    width, height = unpack(">II", picture.body[16:24])
    inside = b64encode(picture.body).decode()
    return (
        f'<svg xmlns="{SVG}" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{inside}"/></svg>'
    )


def _png(raw: bytes) -> bytes:
    chunks = list(_chunks(raw[len(SIGNATURE) :]))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:  # noqa: PLR2004  its size in the format
        raise NotAPicture
    _check_pixels(chunks[0][1], b"".join(body for name, body in chunks if name == b"IDAT"))
    kept = [_chunk(name, body) for name, body in chunks if name in KEPT_CHUNKS]
    return SIGNATURE + b"".join(kept)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Up to the end of the picture; what somebody put behind it is not read."""
    place = 0
    while place + 12 <= len(raw):
        size, name = unpack(">I4s", raw[place : place + 8])
        body = raw[place + 8 : place + 8 + size]
        written = raw[place + 8 + size : place + 12 + size]
        if len(written) != 4 or unpack(">I", written)[0] != zlib.crc32(name + body):  # noqa: PLR2004  a checksum
            raise NotAPicture
        yield name, body
        if name == b"IEND":
            return
        place += 12 + size
    raise NotAPicture


def _check_pixels(header: bytes, packed: bytes) -> None:
    """As many as the header says and no more: a small file may not become a huge one."""
    width, height, depth, color, packing, filtering, lacing = unpack(">IIBBBBB", header)
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        raise PictureTooLarge
    if depth not in DEPTHS.get(color, ()) or packing or filtering or lacing:
        raise NotAPicture
    expected = height * (1 + (width * depth * CHANNELS[color] + 7) // 8)
    unpacking = zlib.decompressobj()
    try:
        pixels = unpacking.decompress(packed, expected + 1)
    except zlib.error:
        raise NotAPicture from None
    if len(pixels) != expected:
        raise NotAPicture


def _chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def _svg(raw: bytes) -> bytes:
    root = _parsed(raw)
    if root.tag != f"{{{SVG}}}svg":
        raise NotAPicture
    drawn = _drawn(root)
    drawn.set("xmlns", SVG)
    if "viewBox" not in drawn.attrib and not {"width", "height"} <= drawn.attrib.keys():
        raise NotAPicture
    written: bytes = ET.tostring(drawn, encoding="utf-8")
    return written


class _Builder(ET.TreeBuilder):
    """Refuses what is too much while it is read, and every declaration that could define entities."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = self.depth = 0

    def start(self, tag: str, attrs: Mapping[str, str]) -> ET.Element:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise PictureTooLarge
        return super().start(tag, dict(attrs))

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        return super().end(tag)


def _parsed(raw: bytes) -> ET.Element:
    if b"<!DOCTYPE" in raw.upper() or b"<!ENTITY" in raw.upper():
        raw = _without_doctype(raw)
    parser = ET.XMLParser(target=_Builder())  # noqa: S314  without a DOCTYPE there is nothing to expand
    try:
        parser.feed(raw)
        root: ET.Element = parser.close()
    except (ET.ParseError, expat.ExpatError, ValueError, LookupError):
        raise NotAPicture from None
    return root


def _without_doctype(raw: bytes) -> bytes:
    """Drawing programs write one that only names the format; one that defines anything is refused."""
    plain, found = re.subn(rb"<!DOCTYPE[^\[<>]*>", b"", raw, count=1, flags=re.IGNORECASE)
    if not found or b"<!" in plain.upper().replace(b"<!--", b""):
        raise NotAPicture
    return plain


def _drawn(given: ET.Element) -> ET.Element:
    """The element with what draws of it, and so its children."""
    made = ET.Element(_local(given.tag))
    for name, value in {**given.attrib, **_styles(given.get("style", ""))}.items():
        if name in DRAWS and PLAIN.fullmatch(value):
            made.set(name, value)
    if made.tag == "title":
        made.text = given.text
    made.extend(_drawn(child) for child in given if _local(child.tag) in SHAPES)
    return made


def _styles(words: str) -> dict[str, str]:
    """Colors and strokes that a program wrote as a style."""
    pairs = (part.partition(":") for part in words.split(";"))
    said = {name.strip(): value.strip() for name, _colon, value in pairs}
    return {name: value for name, value in said.items() if name in STYLED}


def _local(tag: object) -> str:
    """Only what belongs to the format has a name here; comments have none."""
    said = tag if isinstance(tag, str) else ""
    return said.removeprefix(f"{{{SVG}}}") if said.startswith(f"{{{SVG}}}") else ""
