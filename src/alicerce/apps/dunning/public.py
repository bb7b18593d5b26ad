"""What other apps may ask of dunning."""

from alicerce.apps.dunning.models import Override, Walk
from alicerce.apps.dunning.queries.walks import held_scope, overdue_of, standing
from alicerce.kernel.personal import PersonalRecords

__all__ = ["held_scope", "overdue_of", "personal", "standing"]

personal = PersonalRecords(Walk, Override)
