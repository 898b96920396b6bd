import { msg, t } from '@lingui/core/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Flag, type Id, type Message, request } from '@/core/api'
import { type ProblemWords, problemText } from '@/core/problems'
import { currentPerson } from '@/core/session'
import {
  currentLog,
  Flags,
  flagName,
  flagsNamed,
  flagsStore,
  type PendingFlag,
  useConversationParts,
  useHeldMessage,
  useLastChange,
} from '@/log'
import { toasts } from '@/ui'

const kind = 'pin'
const pinned = flagsNamed('pins')

const words: ProblemWords = {
  'messaging.too_many_pins': msg`Too many messages are pinned here. Unpin some of them first.`,
}

/** Pins of mine on their way to the server. */
export const pinFlags = new Flags({
  kind,
  set({ conversation, message, present, key }) {
    const input = { path: { conversation, message } }
    return present
      ? request('PUT /conversations/{conversation}/messages/{message}/pin', input, { key })
      : request('DELETE /conversations/{conversation}/messages/{message}/pin', input, { key })
  },
  isSet,
  onRefused: ({ present }, problem) =>
    toasts.show({
      tone: 'danger',
      title: present ? t`The message was not pinned.` : t`The message is still pinned.`,
      description: problemText(problem, words),
    }),
})

function isSet(conversation: Id, message: Id): boolean | undefined {
  const room = currentLog()?.rooms[conversation]
  return room && pinned.of(room.header)?.some(pin => pin.message === message)
}

/** Whether a message is pinned, what is on its way included. */
export function isPinned({ conversation, id }: Pick<Message, 'conversation' | 'id'>): boolean {
  return flagsStore.getState()[flagName(kind, id)]?.present ?? Boolean(isSet(conversation, id))
}

/** A pin as it is shown. `id`: null while the server does not know it. */
export interface ShownPin extends Omit<Flag, 'id'> {
  id: Id | null
}

/** What is pinned in a conversation, the last pinned first; mine that the server does not know yet before all. */
export function usePins(conversation: Id): readonly ShownPin[] {
  const parts = useConversationParts(conversation)
  const flags = flagsStore()
  return useMemo(() => {
    const mine = Object.values(flags).filter(flag => flag.kind === kind && flag.conversation === conversation)
    return shownPins(pinned.of({ parts }) ?? [], mine)
  }, [parts, flags, conversation])
}

function shownPins(known: readonly Flag[], mine: readonly PendingFlag[]): readonly ShownPin[] {
  const taken = new Set(mine.map(({ message }) => message))
  const person = currentPerson() ?? '0'
  const waiting = mine.filter(({ present }) => present).map(({ message }) => ({ message, person, id: null }))
  return [...waiting, ...known.filter(({ message }) => !taken.has(message))]
}

/** A pinned message: as it is held, or, where it is too long ago to be held, as the server has it. */
export function usePinnedMessage(conversation: Id, pins: readonly ShownPin[], message: Id): Message | undefined {
  const held = useHeldMessage(conversation, message)
  const changed = useLastChange(conversation, message)
  const { data } = useQuery({
    queryKey: ['pinned', conversation, pins.map(pin => pin.id ?? pin.message), changed],
    queryFn: ({ signal }) => request('GET /conversations/{conversation}/pins', { path: { conversation } }, { signal }),
    enabled: !held,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: before => before,
  })
  return held ?? data?.pins.find(pin => pin.message.id === message)?.message
}
