"""Settings of the gateway."""

from typing import Annotated

from msgspec import Meta

from bilin.core.settings import Section, settings_section

RESUME = "Missed events up to which a client resumes; one that missed more fetches everything anew"
RECENT = "Latest events kept in memory, for clients that reconnect"
RECENT_MIB = "Memory for them at most"
OF_SESSION = "Sockets that one session may have at the same time: a browser has one for each window"
OF_PERSON = "Sockets that one person may have at the same time, over all sessions"
BUFFER = "Data that may wait for a slow client before it is told to reconnect"


@settings_section("gateway")
class GatewaySettings(Section, frozen=True):
    """The WebSocket: resuming clients, and slow ones."""

    resume_max_events: Annotated[int, Meta(ge=0, description=RESUME)] = 20_000
    recent_events: Annotated[int, Meta(ge=1, description=RECENT)] = 20_000
    recent_mib: Annotated[int, Meta(ge=1, description=RECENT_MIB)] = 16
    buffer_kib: Annotated[int, Meta(ge=64, description=BUFFER)] = 1024
    sockets_per_session: Annotated[int, Meta(ge=1, le=10_000, description=OF_SESSION)] = 20
    sockets_per_person: Annotated[int, Meta(ge=1, le=100_000, description=OF_PERSON)] = 100
