import { t } from '@lingui/core/macro'
import { useMemo } from 'react'
import { type Id, type Message, type Reaction, request } from '@/core/api'
import { problemText } from '@/core/problems'
import { currentPerson } from '@/core/session'
import { currentLog, Flags, heldMessage, useFlags } from '@/log'
import { toasts } from '@/ui'
import { setReaction } from './reactions.ts'

const kind = 'reaction'

/** Where a reaction of mine stands until the server has said: after all others. */
const lastId = '9223372036854775807'

/** Reactions of mine on their way to the server. */
export const reactionFlags = new Flags<string>({
  kind,
  partOf: emoji => emoji,
  set({ conversation, message, present, detail: emoji = '', key }) {
    const input = { path: { conversation, message, emoji } }
    return present
      ? request('PUT /conversations/{conversation}/messages/{message}/reactions/{emoji}', input, { key })
      : request('DELETE /conversations/{conversation}/messages/{message}/reactions/{emoji}', input, { key })
  },
  isSet(conversation, message, emoji) {
    const held = heldMessage(currentLog()?.rooms[conversation], message)
    return held && isMine(held.reactions, emoji, currentPerson())
  },
  onRefused: ({ detail: emoji = '', present }, problem) =>
    toasts.show({
      tone: 'danger',
      title: present ? t`The reaction ${emoji} was not added.` : t`The reaction ${emoji} is still there.`,
      description: problemText(problem),
    }),
})

/** A reaction as it is shown. `waiting`: the server does not know mine yet. */
export interface ShownReaction extends Reaction {
  waiting: boolean
}

/** The reactions to a message, with mine that are on their way. */
export function useReactions(message: Message, me: Id): readonly ShownReaction[] {
  const flags = useFlags<string>(kind, message.id)
  return useMemo(() => {
    const all = flags.reduce<Reaction[]>(
      (reactions, { detail: emoji = '', present }) => setReaction(reactions, emoji, me, lastId, present),
      message.reactions,
    )
    const waits = new Set(flags.filter(({ sent }) => sent === null).map(({ detail }) => detail))
    return all.map(reaction => ({ ...reaction, waiting: waits.has(reaction.emoji) }))
  }, [flags, message.reactions, me])
}

/** Put my emoji under a message, or take it away when it is there. */
export function react({ conversation, id, reactions }: Message, emoji: string): void {
  const me = currentPerson()
  const waiting = reactionFlags.pending(id, emoji)
  reactionFlags.set(conversation, id, !(waiting?.present ?? isMine(reactions, emoji, me)), emoji)
}

function isMine(reactions: readonly Reaction[], emoji: string, me: Id | null): boolean {
  return me !== null && reactions.some(reaction => reaction.emoji === emoji && reaction.people.includes(me))
}
