import type { EventType } from '../../../../core/api/events.ts'
import { conversationCreated } from '../events/conversation-created.ts'
import { conversationPreferencesChanged } from '../events/conversation-preferences-changed.ts'
import { conversationRenamed } from '../events/conversation-renamed.ts'
import {
  accountCreated,
  grantGiven,
  grantRevoked,
  passwordSet,
  preferencesChanged,
  sessionOpened,
  sessionRevoked,
} from '../events/identity.ts'
import { memberRemoved } from '../events/member-removed.ts'
import { memberRoleChanged } from '../events/member-role-changed.ts'
import { membersAdded } from '../events/members-added.ts'
import { messageEdited } from '../events/message-edited.ts'
import { messageRecalled } from '../events/message-recalled.ts'
import { messageSent } from '../events/message-sent.ts'
import { ownerChanged } from '../events/owner-changed.ts'
import { personAdded, personChanged, personDeactivated, personReactivated } from '../events/people.ts'
import { reactionSet } from '../events/reaction-set.ts'
import { readMarked } from '../events/read-marked.ts'
import { homeSet, policySet, siteAdded, siteChanged, siteJoined, siteRetired, siteRevoked } from '../events/sites.ts'
import { unitAdded, unitChanged, unitRemoved } from '../events/units.ts'
import type { Rule } from './rule.ts'

/** What each event type does here. An event type of the server that is missing fails the convergence test. */
export const rules: { readonly [T in EventType]: Rule<T> } = {
  'messaging.conversation_created': conversationCreated,
  'messaging.conversation_renamed': conversationRenamed,
  'messaging.members_added': membersAdded,
  'messaging.member_removed': memberRemoved,
  'messaging.member_role_changed': memberRoleChanged,
  'messaging.owner_changed': ownerChanged,
  'messaging.message_sent': messageSent,
  'messaging.message_edited': messageEdited,
  'messaging.message_recalled': messageRecalled,
  'messaging.reaction_set': reactionSet,
  'messaging.read_marked': readMarked,
  'messaging.conversation_preferences_changed': conversationPreferencesChanged,
  'org.unit_added': unitAdded,
  'org.unit_changed': unitChanged,
  'org.unit_removed': unitRemoved,
  'org.person_added': personAdded,
  'org.person_changed': personChanged,
  'org.person_deactivated': personDeactivated,
  'org.person_reactivated': personReactivated,
  'identity.session_opened': sessionOpened,
  'identity.session_revoked': sessionRevoked,
  'identity.preferences_changed': preferencesChanged,
  'identity.grant_given': grantGiven,
  'identity.grant_revoked': grantRevoked,
  'identity.account_created': accountCreated,
  'identity.password_set': passwordSet,
  'sites.site_added': siteAdded,
  'sites.site_changed': siteChanged,
  'sites.site_joined': siteJoined,
  'sites.site_revoked': siteRevoked,
  'sites.site_retired': siteRetired,
  'sites.home_set': homeSet,
  'sites.policy_set': policySet,
}
