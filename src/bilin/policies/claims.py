"""Which policies another site may set: those of units that are at home there."""

from typing import ClassVar

from bilin.core.characters import has_control
from bilin.core.claims import NOT_ALLOWED, NOT_AT_HOME, Claim, Knowledge, Limits, Rules
from bilin.policies.events import ValueSet
from bilin.policies.model import EVERYBODY, MAX_NAME_CHARS, MAX_NUMBER, MAX_REASON_CHARS, MAX_SUBJECT_CHARS

MAX_WORD_CHARS = 100
"""Of a value that is one of a few words."""


def _fits(event: ValueSet) -> bool:
    """As far as it needs no knowledge of which policies there are: later releases declare others."""
    texts = ((event.policy, MAX_NAME_CHARS), (event.subject, MAX_SUBJECT_CHARS), (event.reason, MAX_REASON_CHARS))
    if any(len(text) > most or has_control(text) for text, most in texts):
        return False
    if isinstance(event.value, str) and (len(event.value) > MAX_WORD_CHARS or has_control(event.value)):
        return False
    is_small = not isinstance(event.value, int) or abs(event.value) <= MAX_NUMBER
    return is_small and not (event.locked and (event.value is None or event.subject != EVERYBODY))


class PoliciesKnowledge(Knowledge):
    """Nothing of its own: whose units are whose, and who has roles over them, is known to all."""

    def _value_set(self, claim: Claim) -> str | None:
        event: ValueSet = claim.event
        if not self.hearing.has_unit(claim, event.unit):
            return NOT_AT_HOME
        return None if self.hearing.may_decide(claim, event.unit) else NOT_ALLOWED

    LIMITS: ClassVar[Limits] = {ValueSet: _fits}
    RULES: ClassVar[Rules] = {ValueSet: _value_set}
