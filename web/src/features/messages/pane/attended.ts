import { useMemo } from 'react'
import { create } from 'zustand'
import type { Message } from '@/core/api'
import { type MessageAction, messageActions } from '../slots'
import type { Pane } from './pane-context'

interface Attended {
  message: Message
  pane: Pane
}

const attendedStore = create<{ at: Attended | null }>()(() => ({ at: null }))

/** The message that has the focus, or had it when the palette was opened. */
export function attend(at: Attended | null): void {
  attendedStore.setState({ at })
}

/** What the palette offers for it: the same as its menu, apart from what needs a place on the message itself. */
export function useAttendedActions(): (Pick<MessageAction, 'id' | 'label' | 'writes'> & { run: () => void })[] {
  const at = attendedStore(state => state.at)
  return useMemo(() => {
    if (!at) return []
    const { message, pane } = at
    return messageActions.entries
      .filter(({ isFor, choices }) => !choices && (!isFor || isFor(message, pane)))
      .map(({ id, label, writes, run }) => ({ id, label, writes, run: () => run(message, pane) }))
  }, [at])
}
