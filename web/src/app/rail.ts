import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { LinkProps } from '@tanstack/react-router'
import { Contact, type LucideIcon, MessageCircle, ShieldCheck } from 'lucide-react'
import type { Me } from '@/core/api'
import { mayOrganise } from '@/features/organisation'
import { useUnreadTotal } from '@/log'

export interface RailEntry {
  to: LinkProps['to']
  label: MessageDescriptor
  icon: LucideIcon
  /** How many things wait there. */
  useCount?: () => number
  /** Who sees it; without this, everybody. */
  isFor?: (me: Me) => boolean
}

/** What stands on the rail, from the top; on phones, in the bar at the bottom. A new feature adds its line here. */
export const rail: RailEntry[] = [
  { to: '/messages', label: msg`Messages`, icon: MessageCircle, useCount: useUnreadTotal },
  { to: '/contacts', label: msg`Contacts`, icon: Contact },
  {
    to: '/organisation',
    label: msg({ message: 'Admin', context: 'the place where an organisation is administered' }),
    icon: ShieldCheck,
    isFor: mayOrganise,
  },
]
