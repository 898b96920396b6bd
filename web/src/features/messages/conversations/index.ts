import { msg } from '@lingui/core/macro'
import { MessageCircle } from 'lucide-react'
import { rail } from '@/core/slots'
import { useUnreadTotal } from '@/log'

/** Where conversations are, and how much waits there. */
export const conversationsSlots = [
  rail.entry({ to: '/messages', label: msg`Messages`, icon: MessageCircle, useCount: useUnreadTotal }),
]
