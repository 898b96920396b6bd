import type { Conversation } from '@/core/api'
import type { Feature } from '@/log'
import { part } from '@/ui'
import { detailsParts } from '../slots'
import { addMembers } from './AddMembers'

/** They come beside the first screen: what is said is read before who is there. */
const title = part(() => import('./sections').then(({ TitleSection }) => TitleSection))
const peer = part(() => import('./sections').then(({ PeerSection }) => PeerSection))
const members = part(() => import('./sections').then(({ MembersSection }) => MembersSection))
const preferences = part(() => import('./sections').then(({ PreferencesSection }) => PreferencesSection))
const leave = part(() => import('./sections').then(({ LeaveSection }) => LeaveSection))

const isGroup = ({ kind }: Conversation) => kind === 'group'

/** What the details of a conversation show. */
export const feature: Feature = {
  slots: [
    detailsParts.entry({ id: 'title', isFor: isGroup, Part: title.Part }),
    detailsParts.entry({ id: 'peer', isFor: conversation => !isGroup(conversation), Part: peer.Part }),
    detailsParts.entry({ id: 'members', isFor: isGroup, Part: members.Part }),
    detailsParts.entry({ id: 'preferences', Part: preferences.Part }),
    detailsParts.entry({ id: 'leave', isFor: isGroup, Part: leave.Part }),
  ],
  parts: [addMembers, title, peer, members, preferences, leave].map(({ load }) => load),
}
