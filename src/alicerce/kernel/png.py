"""A PNG drawn anew: its header, palette and pixels as the format wants them, and nothing else.

What one program overlooks another stops at: a palette that is missing keeps a whole sheet from being printed.
"""

import zlib
from collections.abc import Iterator
from struct import pack, unpack

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER, PALETTE, CLEAR, PIXELS, END = b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"
GRAY, COLORS, BY_PALETTE = 0, 2, 3
CHANNELS = {GRAY: 1, COLORS: 3, BY_PALETTE: 1, 4: 2, 6: 4}
DEPTHS = {
    GRAY: (1, 2, 4, 8, 16),
    COLORS: (8, 16),
    BY_PALETTE: (1, 2, 4, 8),
    4: (8, 16),
    6: (8, 16),
}
LAST_FILTER = 4
RGB = 3


class BadPng(ValueError):
    """Not a picture of this format that every program reads alike."""


class TooManyPixels(BadPng):
    """It would become more than anybody shows."""


def redrawn(raw: bytes, *, longest_side: int) -> bytes:
    """Raises BadPng, TooManyPixels."""
    chunks = list(_chunks(raw[len(SIGNATURE) :]))
    names = [name for name, _body in chunks]
    if names[:1] != [HEADER] or any(names.count(one) > 1 for one in (HEADER, PALETTE, CLEAR)):
        raise BadPng
    found = dict(chunks)
    if len(found[HEADER]) != 13:  # noqa: PLR2004  its size in the format
        raise BadPng
    packed = b"".join(body for name, body in chunks if name == PIXELS)
    pixels = _pixels(found[HEADER], packed, longest_side)
    kept = [(HEADER, found[HEADER]), *_palette(found), (PIXELS, pixels), (END, b"")]
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in kept)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Up to the end of the picture; what somebody put behind it is not read."""
    place = 0
    while place + 12 <= len(raw):
        size, name = unpack(">I4s", raw[place : place + 8])
        body = raw[place + 8 : place + 8 + size]
        written = raw[place + 8 + size : place + 12 + size]
        if len(written) != 4 or unpack(">I", written)[0] != zlib.crc32(name + body):  # noqa: PLR2004  a checksum
            raise BadPng
        yield name, body
        if name == END:
            return
        place += 12 + size
    raise BadPng


def _pixels(header: bytes, packed: bytes, longest_side: int) -> bytes:
    """As many as the header says and no more: a small file may not become a huge one."""
    width, height, depth, color, packing, filtering, lacing = unpack(">IIBBBBB", header)
    if not (0 < width <= longest_side and 0 < height <= longest_side):
        raise TooManyPixels
    if depth not in DEPTHS.get(color, ()) or packing or filtering or lacing:
        raise BadPng
    row = 1 + (width * depth * CHANNELS[color] + 7) // 8
    unpacking = zlib.decompressobj()
    try:
        pixels = unpacking.decompress(packed, height * row + 1)
    except zlib.error:
        raise BadPng from None
    if len(pixels) != height * row or not unpacking.eof or max(pixels[::row]) > LAST_FILTER:
        raise BadPng
    return packed[: len(packed) - len(unpacking.unused_data)]


def _palette(found: dict[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    """Of a picture whose colors have numbers; and which of them, or which one, is clear."""
    depth, color = found[HEADER][8:10]
    palette, clear = found.get(PALETTE, b""), found.get(CLEAR)
    if color != BY_PALETTE:
        fits = {GRAY: 2, COLORS: 6}.get(color)
        return [(CLEAR, clear)] if clear is not None and len(clear) == fits else []
    colors, left = divmod(len(palette), RGB)
    if left or not 0 < colors <= 1 << depth or len(clear or b"") > colors:
        raise BadPng
    return [(PALETTE, palette), *([(CLEAR, clear)] if clear else [])]


def _chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))
