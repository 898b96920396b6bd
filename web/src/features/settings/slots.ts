import type { MessageDescriptor } from '@lingui/core'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import { Slot } from '@/core/slots'

export interface SettingsEntry {
  /** Its address below /settings. */
  id: string
  label: MessageDescriptor
  icon: LucideIcon
  /** Fetched when it is shown. */
  Section: ComponentType
}

/** The pages of what a person sets for themselves, from the top. */
export const settings = new Slot<SettingsEntry>()
