import { msg } from '@lingui/core/macro'
import { SmilePlus } from 'lucide-react'
import { messageActions } from '../slots'
import { QuickReactions, ReactButton } from './ReactButton'

/** Answering a message by an emoji. */
export const reactionsSlots = [
  messageActions.entry({
    id: 'react',
    label: msg`React`,
    icon: SmilePlus,
    key: 'E',
    bar: ReactButton,
    choices: QuickReactions,
    run: ({ id }) => document.querySelector<HTMLElement>(`[data-message="${id}"] [data-action=react]`)?.click(),
  }),
]
