import { msg } from '@lingui/core/macro'
import { MessageCircle } from 'lucide-react'
import { rail } from '@/core/slots'
import type { Feature } from '@/log'
import { useUnreadTotal } from '@/log'

/** Where conversations are, and how much waits there. */
export const feature: Feature = {
  place: 10,
  slots: [rail.entry({ to: '/messages', label: msg`Messages`, icon: MessageCircle, useCount: useUnreadTotal })],
}
