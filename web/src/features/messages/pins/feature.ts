import { msg } from '@lingui/core/macro'
import { Pin, PinOff } from 'lucide-react'
import type { Feature } from '@/log'
import { messageActions, paneBanners } from '../slots'
import { PinBar, pinList } from './PinBar'
import { isPinned, pinFlags } from './pins'

/** Pinning a message, and the bar that shows what is pinned. */
export const feature: Feature = {
  slots: [
    messageActions.entry({
      id: 'pin',
      label: msg({ message: 'Pin', context: 'a message, above its conversation' }),
      icon: Pin,
      key: 'P',
      bar: true,
      isFor: message => !isPinned(message),
      run: ({ conversation, id }) => pinFlags.set(conversation, id, true),
    }),
    messageActions.entry({
      id: 'unpin',
      label: msg({ message: 'Unpin', context: 'a message, from above its conversation' }),
      icon: PinOff,
      key: 'P',
      bar: true,
      isFor: isPinned,
      run: ({ conversation, id }) => pinFlags.set(conversation, id, false),
    }),
    paneBanners.entry({ id: 'pins', Banner: PinBar }),
  ],
  companions: [pinFlags],
  parts: [pinList.load],
}
