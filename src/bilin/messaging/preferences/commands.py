"""Say how one wants a conversation shown."""

import msgspec

from bilin.core.commands import Context
from bilin.core.events import Event
from bilin.core.ids import ConversationId
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.preferences.events import ConversationPreferencesChanged


class SetConversationPreferences(msgspec.Struct, frozen=True):
    """Mute, pin or hide a conversation, or mark it as unread, for me alone. What is left out stays."""

    conversation: ConversationId
    muted: bool | msgspec.UnsetType = msgspec.UNSET
    pinned: bool | msgspec.UnsetType = msgspec.UNSET
    hidden: bool | msgspec.UnsetType = msgspec.UNSET
    unread: bool | msgspec.UnsetType = msgspec.UNSET


async def set_conversation_preferences(command: SetConversationPreferences, ctx: Context) -> Event | None:
    """Every member may. None when nothing is asked for."""
    view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    asked = {name: value for name, value in msgspec.structs.asdict(command).items() if value is not msgspec.UNSET}
    changed: Event = ConversationPreferencesChanged(**asked | {"conversation": view.id})
    return None if asked.keys() == {"conversation"} else changed
