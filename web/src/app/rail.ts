import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { LinkProps } from '@tanstack/react-router'
import { Contact, type LucideIcon } from 'lucide-react'

export interface RailEntry {
  to: LinkProps['to']
  label: MessageDescriptor
  icon: LucideIcon
  /** How many things wait there. */
  useCount?: () => number
}

/** What stands on the rail, from the top; on phones, in the bar at the bottom. A new feature adds its line here. */
export const rail: RailEntry[] = [
  { to: '/contacts', label: msg`Contacts`, icon: Contact },
]
