import { msg } from '@lingui/core/macro'
import { SmilePlus } from 'lucide-react'
import type { Feature } from '@/log'
import { messageActions } from '../slots'
import { reactionFlags } from './pending'
import { QuickReactions, ReactButton } from './ReactButton'

/** Answering a message by an emoji. */
export const feature: Feature = {
  place: 20,
  slots: [
    messageActions.entry({
      id: 'react',
      label: msg`React`,
      icon: SmilePlus,
      key: 'E',
      bar: ReactButton,
      choices: QuickReactions,
      run: ({ id }) => document.querySelector<HTMLElement>(`[data-message="${id}"] [data-action=react]`)?.click(),
    }),
  ],
  companions: [reactionFlags],
}
