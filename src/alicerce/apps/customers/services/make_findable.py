"""Keep the words by which a customer is found."""

from collections.abc import Collection
from uuid import UUID

from alicerce.apps.customers.models import Word
from alicerce.apps.customers.rules import words_of
from alicerce.kernel.db import transaction

PROFILE = "profile"


@transaction()
def make_findable(*, customer_id: UUID, texts: Collection[str], origin: str) -> None:
    """Let a customer be found by these texts, such as a domain; the same origin replaces its own."""
    replace_words(customer_id=customer_id, words=words_of(texts), origin=origin)


def replace_words(*, customer_id: UUID, words: Collection[str], origin: str) -> None:
    Word.objects.filter(customer_id=customer_id, origin=origin).delete()
    add_words(customer_id=customer_id, words=words, origin=origin)


def add_words(*, customer_id: UUID, words: Collection[str], origin: str) -> None:
    Word.objects.bulk_create(
        (Word(customer_id=customer_id, word=word, origin=origin) for word in sorted(words)),
        ignore_conflicts=True,
    )
