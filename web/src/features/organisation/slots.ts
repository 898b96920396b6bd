import { msg } from '@lingui/core/macro'
import { ShieldCheck } from 'lucide-react'
import { rail } from '@/core/slots'
import { mayOrganise } from './scope'

/** Where the organisation is administered. */
export const organisationSlots = [
  rail.entry({
    to: '/organisation',
    label: msg({ message: 'Admin', context: 'the place where an organisation is administered' }),
    icon: ShieldCheck,
    isFor: mayOrganise,
  }),
]
