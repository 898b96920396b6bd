import type { Id } from '../../../../core/api/types.ts'
import type { Revision } from '../log/revision.ts'
import type { Rule } from '../log/rule.ts'

/** Sites themselves are told by the socket and listed by fetches, which this makes anew. */
const listChanged = {
  site(revision: Revision, event: { pos: number }) {
    revision.next.orgPos = event.pos
  },
}

/** The people of a unit are at home elsewhere, and so the members of conversations. */
const homesChanged = {
  site(revision: Revision, event: { pos: number }) {
    revision.next.orgPos = event.pos
    wantSitesOfAll(revision)
  },
}

export const siteAdded: Rule<'sites.site_added'> = listChanged
export const siteChanged: Rule<'sites.site_changed'> = listChanged
export const siteJoined: Rule<'sites.site_joined'> = listChanged
export const siteRevoked: Rule<'sites.site_revoked'> = listChanged
export const siteRetired: Rule<'sites.site_retired'> = homesChanged
export const homeSet: Rule<'sites.home_set'> = homesChanged
export const policySet: Rule<'sites.policy_set'> = listChanged

/** Where members are at home is for the server to say: after a change of members the conversation is fetched. */
export function wantSites(revision: Revision, conversation: Id): void {
  if (revision.next.hasSites) revision.want({ conversations: { [conversation]: true } })
}

/** Of the conversations that were opened; each other one is fetched when it is. */
export function wantSitesOfAll(revision: Revision): void {
  if (!revision.next.hasSites) return
  const opened = Object.entries(revision.next.rooms).filter(([, room]) => room.header.members !== null)
  revision.want({ conversations: Object.fromEntries(opened.map(([id]): [Id, true] => [id, true])) })
}
