import { msg } from '@lingui/core/macro'

/** Refusals of conversations and messages. */
export const messagingWords = {
  'messaging.conversation_not_found': msg`This conversation does not exist, or you are not in it.`,
  'messaging.draft_changed_meanwhile': msg`You continued this draft on another device.`,
  'messaging.edited_meanwhile': msg`This message was edited on another device in the meantime.`,
  'messaging.group_full': msg`The group would have too many members.`,
  'messaging.groups_forbidden': msg`Your department does not allow you to create groups. Ask a colleague who may, or your administrator.`,
  'messaging.member_not_found': msg`This person is no longer in the group.`,
  'messaging.message_gone': msg`This message was recalled.`,
  'messaging.message_not_found': msg`This message does not exist, or you may not see it.`,
  'messaging.not_in_direct': msg`A direct conversation has no title, roles or further members. Create a group instead.`,
  'messaging.not_your_message': msg`This is someone else’s message.`,
  'messaging.owner_must_hand_on': msg`Transfer ownership to someone else before you leave.`,
  'messaging.person_unknown': msg`Some of these people have left the company.`,
  'messaging.role_needed': msg`Only the owner and administrators of the group may do this.`,
  'messaging.too_many_members': msg`This conversation is too large to show who has read a message.`,
  'messaging.too_many_reactions': msg`There are too many different emoji under this message. Use one that is there.`,
  'messaging.window_closed': msg`It is too late to change this message.`,
}
