import { t } from '@lingui/core/macro'
import { type Message, request } from '@/core/api'
import { problemText } from '@/core/problems'
import { currentLog, Flags, flagName, flagsStore, heldMessage } from '@/log'
import { toasts } from '@/ui'

export const kind = 'star'

/** Marks of mine on their way to the server. */
export const starFlags = new Flags({
  kind,
  set({ conversation, message, present, key }) {
    const input = { path: { conversation, message } }
    return present
      ? request('PUT /conversations/{conversation}/messages/{message}/star', input, { key })
      : request('DELETE /conversations/{conversation}/messages/{message}/star', input, { key })
  },
  isSet(conversation, message) {
    const held = heldMessage(currentLog()?.rooms[conversation], message)
    return held && held.starred !== null
  },
  onRefused: ({ present }, problem) =>
    toasts.show({
      tone: 'danger',
      title: present ? t`The message was not marked for later.` : t`The message is still marked for later.`,
      description: problemText(problem),
    }),
})

/** Whether I marked a message for later, what is on its way included. */
export function isStarred({ id, starred }: Pick<Message, 'id' | 'starred'>): boolean {
  return flagsStore.getState()[flagName(kind, id)]?.present ?? starred !== null
}

/** The same, followed. `waiting`: the server does not know it yet. */
export function useStarred({ id, starred }: Message): { starred: boolean; waiting: boolean } {
  const flag = flagsStore(flags => flags[flagName(kind, id)])
  return { starred: flag?.present ?? starred !== null, waiting: flag !== undefined && flag.sent === null }
}
