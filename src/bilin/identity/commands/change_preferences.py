"""Change my preferences, on all my devices."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.identity.events import PreferencesChanged
from bilin.identity.model import LATEST_MS
from bilin.identity.queries import preferences_of


class ChangePreferences(msgspec.Struct, frozen=True, omit_defaults=True):
    """Part of my preferences."""

    locale: Literal["zh-CN", "en"] | UnsetType = UNSET
    theme: Literal["system", "light", "dark"] | UnsetType = UNSET
    send_key: Literal["enter", "ctrl_enter"] | UnsetType = UNSET
    density: Literal["comfortable", "compact"] | UnsetType = UNSET
    text_scale: Annotated[int, msgspec.Meta(ge=90, le=130)] | UnsetType = UNSET
    notify: Literal["all", "mentions", "nothing"] | UnsetType = UNSET
    notify_sound: bool | UnsetType = UNSET
    quiet_until: Annotated[int, msgspec.Meta(ge=0, le=LATEST_MS)] | UnsetType = UNSET


async def change_preferences(command: ChangePreferences, ctx: Context) -> PreferencesChanged | None:
    """What is as it was already makes no event."""
    async with reading(ctx.site.pool) as db:
        present = await preferences_of(db, ctx.person)
    wanted = msgspec.structs.asdict(command)
    changed = {field: value for field, value in wanted.items() if value not in (UNSET, getattr(present, field))}
    return PreferencesChanged(**changed) if changed else None
