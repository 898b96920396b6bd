"""Settings of messaging: section `[messaging]`, variables `BILIN_MESSAGING_…`."""

from typing import Annotated

from msgspec import Meta

from bilin.core.policies import policy
from bilin.core.settings import Section, settings_section

EDIT_WINDOW = "How long after sending a person may edit a message"
RECALL_WINDOW = "How long after sending a person may recall a message; owners and admins may any time"
RECEIPTS = "Largest conversation in which members see who has read what"
GROUP = "Most members of one group"
GROUPS = "Whether people may make groups"
PACE = "How many messages one person may send in a minute; 0 = as many as they like"


@settings_section("messaging")
class MessagingSettings(Section, frozen=True):
    """Windows and limits of conversations."""

    edit_window_s: Annotated[int, Meta(ge=0, description=EDIT_WINDOW)] = 86_400
    recall_window_s: Annotated[int, Meta(ge=0, description=RECALL_WINDOW)] = 86_400
    receipts_max_members: Annotated[int, Meta(ge=0, le=1_000, description=RECEIPTS)] = 200
    may_create_groups: Annotated[bool, Meta(description=GROUPS)] = True
    group_max_members: Annotated[int, Meta(ge=2, le=100_000, description=GROUP)] = 5_000
    sends_per_minute: Annotated[int, Meta(ge=0, description=PACE)] = 12_000


EDIT_WITHIN = policy(MessagingSettings, "edit_window_s", int, "seconds")
RECALL_WITHIN = policy(MessagingSettings, "recall_window_s", int, "seconds")
MAY_CREATE_GROUPS = policy(MessagingSettings, "may_create_groups", bool)
GROUP_SIZE = policy(MessagingSettings, "group_max_members", int, "people")
SENDS_PER_MINUTE = policy(MessagingSettings, "sends_per_minute", int, "a_minute")
POLICIES = (RECALL_WITHIN, EDIT_WITHIN, MAY_CREATE_GROUPS, GROUP_SIZE, SENDS_PER_MINUTE)
