import { type ComponentType, lazy } from 'react'
import type { Conversation } from '@/core/api'
import { detailsParts } from '../slots'

/** They come beside the first screen: what is said is read before who is there. */
export const loadSections = () => import('./sections')

type Sections = Awaited<ReturnType<typeof loadSections>>

function section(name: keyof Sections): ComponentType<{ conversation: Conversation }> {
  return lazy(() => loadSections().then(sections => ({ default: sections[name] })))
}

const isGroup = ({ kind }: Conversation) => kind === 'group'

/** What the details of a conversation show. */
export const detailsSlots = [
  detailsParts.entry({ id: 'title', isFor: isGroup, Part: section('TitleSection') }),
  detailsParts.entry({ id: 'peer', isFor: conversation => !isGroup(conversation), Part: section('PeerSection') }),
  detailsParts.entry({ id: 'members', isFor: isGroup, Part: section('MembersSection') }),
  detailsParts.entry({ id: 'preferences', Part: section('PreferencesSection') }),
  detailsParts.entry({ id: 'leave', isFor: isGroup, Part: section('LeaveSection') }),
]
