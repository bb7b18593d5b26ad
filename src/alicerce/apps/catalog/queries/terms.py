"""The terms of sale: the version in force, and those before."""

from alicerce.apps.catalog.models import Terms
from alicerce.apps.catalog.types import TermsVersion


def terms_in_force() -> TermsVersion | None:
    """None while the company asks nobody to agree to anything."""
    found = Terms.objects.order_by("-version").first()
    return _version(found) if found else None


def terms_of(version: int) -> TermsVersion | None:
    found = Terms.objects.filter(version=version).first()
    return _version(found) if found else None


def terms_versions() -> list[TermsVersion]:
    return [_version(each) for each in Terms.objects.order_by("-version")]


def _version(terms: Terms) -> TermsVersion:
    return TermsVersion(terms.version, terms.body, terms.published_at)
