"""Documents as they travel: GZip in base 64."""

import base64
import gzip
import zlib

LARGEST = 5_000_000


def packed(xml: str) -> str:
    return base64.b64encode(gzip.compress(xml.encode(), mtime=0)).decode()


def unpacked(said: str) -> str:
    """Raises ValueError, also for what would fill the memory."""
    try:
        found = zlib.decompressobj(zlib.MAX_WBITS | 16)
        content = found.decompress(base64.b64decode(said, validate=True), LARGEST)
    except zlib.error as trouble:
        raise ValueError(str(trouble)) from None
    if found.unconsumed_tail:
        raise ValueError("too large")
    return content.decode()
