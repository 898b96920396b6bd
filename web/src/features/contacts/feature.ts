import { msg } from '@lingui/core/macro'
import { Contact } from 'lucide-react'
import { rail } from '@/core/slots'
import type { Feature } from '@/log'

/** Where the organisation is looked up. */
export const feature: Feature = {
  place: 60,
  slots: [rail.entry({ to: '/contacts', label: msg`Contacts`, icon: Contact })],
}
