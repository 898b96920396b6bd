"""What members bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.members.apply.addition import apply_added
from bilin.messaging.members.apply.removal import apply_removed
from bilin.messaging.members.apply.roles import apply_owner_changed, apply_role_changed
from bilin.messaging.members.events import MemberRemoved, MemberRoleChanged, MembersAdded, OwnerChanged
from bilin.messaging.members.routes import member_routes
from bilin.messaging.members.scopes import CONVERSATION
from bilin.messaging.members.subscriptions import start
from bilin.messaging.members.tables import led, member

feature = Feature(
    name="members",
    none=FIRST_QUESTIONS,
    events=(MembersAdded, MemberRemoved, MemberRoleChanged, OwnerChanged),
    # Removals come before additions, so that somebody who was removed and added again starts anew.
    appliers=(apply_removed, apply_added, apply_role_changed, apply_owner_changed),
    tables=(member, led),
    scopes=(CONVERSATION,),
    routes=member_routes,
    start=start,
)
