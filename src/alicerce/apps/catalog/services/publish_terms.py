"""Ask buyers to agree to something, in a version that stays as it is."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.errors import BadTerms, TermsChanged
from alicerce.apps.catalog.models import Terms
from alicerce.apps.catalog.queries.terms import terms_in_force
from alicerce.apps.catalog.rules import LONGEST_TERMS
from alicerce.kernel.db import transaction


@transaction()
def publish_terms(*, body: str, at: datetime) -> int:
    """The number of the version; the same words again are the same version.

    Raises BadTerms, TermsChanged when somebody else published at the same time.
    """
    body = body.strip()
    if not body or len(body) > LONGEST_TERMS:
        raise BadTerms
    now = terms_in_force()
    if now and now.body == body:
        return now.version
    terms = Terms(version=now.version + 1 if now else 1, body=body, published_at=at)
    if not Terms.objects.add_once(terms):
        raise TermsChanged
    audit.record(
        action="terms.published",
        entity="terms",
        entity_id=terms.id,
        after={"version": terms.version},
        at=at,
    )
    return terms.version
