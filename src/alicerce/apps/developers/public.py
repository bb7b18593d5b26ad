"""What others may ask of developers."""

from alicerce.apps.developers.models import ApiKey
from alicerce.apps.developers.queries import admission, caller_name, scope_words
from alicerce.apps.developers.rules import lets_in, sandbox_of
from alicerce.apps.developers.services.answer_once import keep_answer, kept_answer
from alicerce.apps.developers.services.keep_log import write_calls
from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.services.open_sandbox import open_sandbox, refresh_sandbox
from alicerce.apps.developers.services.use_stand_ins import offered_stand_ins, use_stand_ins
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "admission",
    "caller_name",
    "keep_answer",
    "kept_answer",
    "lets_in",
    "make_key",
    "offered_stand_ins",
    "open_sandbox",
    "personal",
    "refresh_sandbox",
    "sandbox_of",
    "scope_words",
    "use_stand_ins",
    "write_calls",
]

personal = PersonalRecords(ApiKey)
