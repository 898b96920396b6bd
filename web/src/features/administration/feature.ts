import { msg } from '@lingui/core/macro'
import { ShieldCheck } from 'lucide-react'
import { rail } from '@/core/slots'
import type { Feature } from '@/log'
import { mayAdminister } from './may-administer'

/** Where the company is administered. */
export const feature: Feature = {
  place: 70,
  slots: [
    rail.entry({
      to: '/administration',
      label: msg({ message: 'Admin', context: 'the place where an organisation is administered' }),
      icon: ShieldCheck,
      isFor: mayAdminister,
    }),
  ],
}
