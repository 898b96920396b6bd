"""Say how one wants a conversation shown."""

import msgspec

from bilin.core.commands import Context
from bilin.core.events import Event
from bilin.core.ids import ConversationId
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.preferences.events import ConversationPreferencesChanged


class SetConversationPreferences(msgspec.Struct, frozen=True):
    """Mute, pin or hide a conversation, for me alone. What is left out stays."""

    conversation: ConversationId
    muted: bool | msgspec.UnsetType = msgspec.UNSET
    pinned: bool | msgspec.UnsetType = msgspec.UNSET
    hidden: bool | msgspec.UnsetType = msgspec.UNSET


async def set_conversation_preferences(command: SetConversationPreferences, ctx: Context) -> Event | None:
    """Every member may. None when nothing is asked for."""
    view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    if command.muted is command.pinned is command.hidden is msgspec.UNSET:
        return None
    changed: Event = ConversationPreferencesChanged(
        conversation=view.id, muted=command.muted, pinned=command.pinned, hidden=command.hidden
    )
    return changed
