import { msg } from '@lingui/core/macro'
import { Contact } from 'lucide-react'
import { rail } from '@/core/slots'

/** Where the organisation is looked up. */
export const contactsSlots = [rail.entry({ to: '/contacts', label: msg`Contacts`, icon: Contact })]
