"""Whatever an operation says it fills in, the program knows how to find."""

import pytest

from alicerce.surfaces.api.document import document
from alicerce.surfaces.api.relations import RELATIONS


def promised():
    """Of each operation that fills something in: its name, what it answers with, and each first step."""
    told = document()
    schemas = told["components"]["schemas"]
    for operations in told["paths"].values():
        for operation in operations.values():
            names = _expansions(operation)
            if names:
                yield operation["operationId"], _object(operation, schemas), names


def _expansions(operation):
    found = [one for one in operation.get("parameters", ()) if one.get("name") == "expand"]
    return {name for one in found for name in one["schema"]["items"]["enum"] if "." not in name}


def _object(operation, schemas):
    good = next(said for code, said in operation["responses"].items() if code.startswith("2"))
    said = good["content"]["application/json"]["schema"]
    fields = schemas[said["$ref"].rpartition("/")[2]]["properties"]
    if "data" in fields:
        fields = schemas[fields["data"]["items"]["$ref"].rpartition("/")[2]]["properties"]
    return fields["object"]["const"]


@pytest.mark.parametrize("told", list(promised()), ids=lambda told: told[0])
def test_are_known(told):
    _name, thing, names = told

    assert {(thing, name) for name in names} - RELATIONS.keys() == set()
