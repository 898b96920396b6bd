"""`conversation_preferences_changed`: for each person, conversation and field the latest by id wins."""

from typing import Any

import msgspec

from bilin.core.events import Batch, Work, applies
from bilin.messaging.events import ConversationPreferencesChanged

FIELDS = ("muted", "pinned", "hidden")
SET = """
INSERT INTO messaging.member AS r (conversation, person, muted, muted_id, pinned, pinned_id, hidden, hidden_id)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bool[], $4::bigint[], $5::bool[], $6::bigint[],
                     $7::bool[], $8::bigint[])
ON CONFLICT (person, conversation) DO UPDATE SET
  muted = CASE WHEN excluded.muted_id > r.muted_id THEN excluded.muted ELSE r.muted END,
  muted_id = greatest(r.muted_id, excluded.muted_id),
  pinned = CASE WHEN excluded.pinned_id > r.pinned_id THEN excluded.pinned ELSE r.pinned END,
  pinned_id = greatest(r.pinned_id, excluded.pinned_id),
  hidden = CASE WHEN excluded.hidden_id > r.hidden_id THEN excluded.hidden ELSE r.hidden END,
  hidden_id = greatest(r.hidden_id, excluded.hidden_id)"""


@applies(ConversationPreferencesChanged)
async def apply_preferences(work: Work, changed: Batch[ConversationPreferencesChanged]) -> None:
    """Keep how each person wants a conversation shown."""
    latest: dict[tuple[int, int], list[Any]] = {}
    for record in sorted(changed, key=lambda record: record.id):
        row = latest.setdefault((record.event.conversation, record.actor or 0), [False, 0] * len(FIELDS))
        for place, field in enumerate(FIELDS):
            value = getattr(record.event, field)
            if value is not msgspec.UNSET:
                row[2 * place : 2 * place + 2] = [value, record.id]
    rows = [(*key, *values) for key, values in latest.items()]
    await work.db.execute(SET, *map(list, zip(*rows, strict=True)))
