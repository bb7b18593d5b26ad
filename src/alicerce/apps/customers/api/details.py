"""The endpoints about what is kept beside a customer: addresses, contacts and notes."""

from uuid import UUID

from ninja import Query

from alicerce.apps.customers import permissions as may
from alicerce.apps.customers.api.detail_schemas import (
    AddressIn,
    AddressListOut,
    AddressOut,
    ContactIn,
    ContactListOut,
    ContactOut,
    GoneOut,
    NoteIn,
    NoteListOut,
    NoteOut,
)
from alicerce.apps.customers.queries import beside
from alicerce.apps.customers.services.keep_details import (
    add_address,
    add_contact,
    add_note,
    remove_address,
    remove_contact,
)
from alicerce.apps.customers.types import AddressForm, ContactForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, created
from alicerce.kernel.rest.listing import ListQuery
from alicerce.kernel.rest.problems import NotFound
from alicerce.kernel.rest.routing import Endpoints

router = Endpoints(tags=["Customers"])

OF_ONE = "/customers/{uuid:customer_id}"


@router.get(
    f"{OF_ONE}/addresses",
    response=AddressListOut,
    operation_id="listAddresses",
    summary="Listar endereços de um cliente",
)
@requires(may.READ)
def list_addresses(request: Request, customer_id: UUID, asked: Query[ListQuery]) -> Answer:
    """Os endereços de um cliente, do mais novo para o mais antigo."""
    return Answer(beside.address_rows(asked.window(), customer_id=customer_id))


@router.post(
    f"{OF_ONE}/addresses",
    response={201: AddressOut},
    operation_id="createAddress",
    summary="Acrescentar um endereço",
)
@requires(may.UPDATE)
def post_address(request: Request, customer_id: UUID, wanted: AddressIn) -> Answer:
    """Acrescenta um endereço. Um de cobrança toma o lugar do que havia."""
    address_id = add_address(
        customer_id=customer_id, form=AddressForm(**wanted.dict()), at=now()
    )
    return created(
        beside.address_record(customer_id, address_id),
        location=f"/v1/customers/{customer_id}/addresses/{address_id}",
    )


@router.get(
    f"{OF_ONE}/addresses/{{uuid:address_id}}",
    response=AddressOut,
    operation_id="getAddress",
    summary="Mostrar um endereço",
)
@requires(may.READ)
def get_address(request: Request, customer_id: UUID, address_id: UUID) -> Answer:
    """Um endereço de um cliente."""
    return Answer(beside.address_record(customer_id, address_id))


@router.delete(
    f"{OF_ONE}/addresses/{{uuid:address_id}}",
    response=GoneOut,
    operation_id="deleteAddress",
    summary="Remover um endereço",
)
@requires(may.UPDATE)
def delete_address(request: Request, customer_id: UUID, address_id: UUID) -> Answer:
    """Remove um endereço de um cliente."""
    gone = remove_address(customer_id=customer_id, address_id=address_id, at=now())
    return _gone("address", address_id, gone=gone)


@router.get(
    f"{OF_ONE}/contacts",
    response=ContactListOut,
    operation_id="listContacts",
    summary="Listar contatos de um cliente",
)
@requires(may.READ)
def list_contacts(request: Request, customer_id: UUID, asked: Query[ListQuery]) -> Answer:
    """Com quem falar, do mais novo para o mais antigo."""
    return Answer(beside.contact_rows(asked.window(), customer_id=customer_id))


@router.post(
    f"{OF_ONE}/contacts",
    response={201: ContactOut},
    operation_id="createContact",
    summary="Acrescentar um contato",
)
@requires(may.UPDATE)
def post_contact(request: Request, customer_id: UUID, wanted: ContactIn) -> Answer:
    """Acrescenta um contato: não convida ninguém, nem dá acesso."""
    contact_id = add_contact(
        customer_id=customer_id, form=ContactForm(**wanted.dict()), at=now()
    )
    return created(
        beside.contact_record(customer_id, contact_id),
        location=f"/v1/customers/{customer_id}/contacts/{contact_id}",
    )


@router.get(
    f"{OF_ONE}/contacts/{{uuid:contact_id}}",
    response=ContactOut,
    operation_id="getContact",
    summary="Mostrar um contato",
)
@requires(may.READ)
def get_contact(request: Request, customer_id: UUID, contact_id: UUID) -> Answer:
    """Um contato de um cliente."""
    return Answer(beside.contact_record(customer_id, contact_id))


@router.delete(
    f"{OF_ONE}/contacts/{{uuid:contact_id}}",
    response=GoneOut,
    operation_id="deleteContact",
    summary="Remover um contato",
)
@requires(may.UPDATE)
def delete_contact(request: Request, customer_id: UUID, contact_id: UUID) -> Answer:
    """Remove um contato de um cliente."""
    gone = remove_contact(customer_id=customer_id, contact_id=contact_id, at=now())
    return _gone("contact", contact_id, gone=gone)


@router.get(
    f"{OF_ONE}/notes",
    response=NoteListOut,
    operation_id="listNotes",
    summary="Listar anotações de um cliente",
)
@requires(may.READ)
def list_notes(request: Request, customer_id: UUID, asked: Query[ListQuery]) -> Answer:
    """O que a empresa anotou de um cliente, do mais novo para o mais antigo."""
    return Answer(beside.note_rows(asked.window(), customer_id=customer_id))


@router.post(
    f"{OF_ONE}/notes",
    response={201: NoteOut},
    operation_id="createNote",
    summary="Anotar",
)
@requires(may.UPDATE)
def post_note(request: Request, customer_id: UUID, wanted: NoteIn) -> Answer:
    """Anota, só para a empresa. Uma anotação não muda nem sai depois de escrita."""
    note_id = add_note(customer_id=customer_id, body=wanted.body, at=now())
    return created(
        beside.note_record(customer_id, note_id),
        location=f"/v1/customers/{customer_id}/notes/{note_id}",
    )


@router.get(
    f"{OF_ONE}/notes/{{uuid:note_id}}",
    response=NoteOut,
    operation_id="getNote",
    summary="Mostrar uma anotação",
)
@requires(may.READ)
def get_note(request: Request, customer_id: UUID, note_id: UUID) -> Answer:
    """Uma anotação sobre um cliente."""
    return Answer(beside.note_record(customer_id, note_id))


def _gone(name: str, thing_id: UUID, *, gone: bool) -> Answer:
    if not gone:
        raise NotFound
    return Answer({"object": name, "id": thing_id, "deleted": True})
