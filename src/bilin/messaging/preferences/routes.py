"""Routes of preferences."""

import msgspec
from litestar import patch

from bilin.core.commands import Context, execute
from bilin.core.http import Change, answer, refuses
from bilin.core.ids import ConversationId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.preferences.commands import SetConversationPreferences, set_conversation_preferences


class PreferencesBody(msgspec.Struct, frozen=True):
    """What to change; the rest stays."""

    muted: bool | msgspec.UnsetType = msgspec.UNSET
    pinned: bool | msgspec.UnsetType = msgspec.UNSET
    hidden: bool | msgspec.UnsetType = msgspec.UNSET
    unread: bool | msgspec.UnsetType = msgspec.UNSET


@patch("/api/conversations/{conversation:str}/preferences", opt=refuses(ConversationNotFound), tags=["conversations"])
async def prefer(conversation: ConversationId, data: PreferencesBody, ctx: Context) -> Change:
    """Mute, pin or hide it for me, or mark it as unread until I open it."""
    command = SetConversationPreferences(conversation, data.muted, data.pinned, data.hidden, data.unread)
    return answer(await execute(set_conversation_preferences, command, ctx))


preference_routes = [prefer]
