"""What the operations say of themselves, before anybody completes it."""

from functools import cache

import orjson
from ninja.openapi import get_schema

from alicerce.surfaces.api.application import api


@cache
def schema() -> bytes:
    """In no language yet. To draw it takes seconds, so a process does it once."""
    drawn = get_schema(api, path_prefix="v1")
    return orjson.dumps(drawn, option=orjson.OPT_NON_STR_KEYS)
