"""One request and one answer of each operation about customers, as the document shows them."""

from alicerce.surfaces.api.samples import (
    CUSTOMER,
    DETAIL,
    KEY,
    NOON,
    TIER,
    Example,
    a_list,
    customer,
)

typed_address: Example = {
    "kind": "billing",
    "postal_code": "80010-000",
    "street": "Rua XV de Novembro",
    "number": "100",
    "district": "Centro",
    "city": "Curitiba",
    "state": "PR",
}
address: Example = {
    "object": "address",
    "id": DETAIL,
    "customer_id": CUSTOMER,
    **typed_address,
    "postal_code": "80010000",
    "complement": "",
}
typed_contact: Example = {
    "name": "Bruno Lima",
    "role": "technical",
    "email": "bruno@example.com",
    "phone": "+55 41 98888-0000",
}
contact: Example = {
    "object": "contact",
    "id": DETAIL,
    "customer_id": CUSTOMER,
    **typed_contact,
    "phone": "+5541988880000",
}
note: Example = {
    "object": "note",
    "id": DETAIL,
    "customer_id": CUSTOMER,
    "author": f"key:{KEY}",
    "body": "Prefere falar à tarde.",
    "at": NOON,
}
tier: Example = {"object": "tier", "id": TIER, "name": "Ouro"}


def _gone(of: Example) -> Example:
    return {"object": of["object"], "id": of["id"], "deleted": True}


RESPONSES: dict[str, Example] = {
    "listCustomers": a_list(customer, "customers"),
    "createCustomer": customer,
    "getCustomer": customer,
    "updateCustomer": customer,
    "blockCustomer": {**customer, "status": "blocked"},
    "unblockCustomer": customer,
    "closeCustomer": {**customer, "status": "closed"},
    "reopenCustomer": customer,
    "listAddresses": a_list(address, f"customers/{CUSTOMER}/addresses"),
    "createAddress": address,
    "getAddress": address,
    "deleteAddress": _gone(address),
    "listContacts": a_list(contact, f"customers/{CUSTOMER}/contacts"),
    "createContact": contact,
    "getContact": contact,
    "deleteContact": _gone(contact),
    "listNotes": a_list(note, f"customers/{CUSTOMER}/notes"),
    "createNote": note,
    "getNote": note,
    "listTiers": a_list(tier, "tiers"),
    "createTier": tier,
    "getTier": tier,
    "renameTier": {**tier, "name": "Platina"},
    "deleteTier": _gone(tier),
}
REQUESTS: dict[str, Example] = {
    "createCustomer": {
        "name": "Renata Souza",
        "email": "renata@example.com",
        "document": "529.982.247-25",
        "phone": "+55 41 99999-0000",
        "tags": ["vip"],
    },
    "updateCustomer": {"name": "Renata Souza Lima", "phone": None},
    "createAddress": typed_address,
    "createContact": typed_contact,
    "createNote": {"body": "Prefere falar à tarde."},
    "createTier": {"name": "Ouro"},
    "renameTier": {"name": "Platina"},
}
