import { t } from '@lingui/core/macro'
import { useMemo } from 'react'
import { type Content, type Id, isProblem, type Message, request } from '@/core/api'
import { problemText } from '@/core/problems'
import { currentPerson } from '@/core/session'
import { currentLog, Flags, heldMessage, type PendingFlag, type TimelineView, useFlags, useFlagsOf } from '@/log'
import { toasts } from '@/ui'
import { setEdit } from '../drafts/drafts-store'
import { keepRecalledWords } from '../recalled/recalled-words'

/** New words for a message, and the version that they change. */
export interface NewWords {
  content: Content
  based_on: Id
}

/** Edits of mine on their way to the server. What it refuses is again something that one began to write. */
export const editFlags = new Flags<NewWords>({
  kind: 'edit',
  set({ conversation, message, detail, key }) {
    if (!detail) throw new Error('An edit without words')
    const path = { conversation, message }
    return request('PATCH /conversations/{conversation}/messages/{message}', { path, body: detail }, { key })
  },
  isSet: () => undefined,
  onRefused({ conversation, message, detail }, problem) {
    const held = heldMessage(currentLog()?.rooms[conversation], message)
    if (held && detail) setEdit({ ...held, edited: detail.based_on }, detail.content)
    const isMeanwhile = isProblem(problem, 'messaging.edited_meanwhile')
    toasts.show({
      tone: 'danger',
      title: isMeanwhile
        ? t`The message was changed on another device in the meantime.`
        : t`The message was not changed.`,
      description: held ? t`Your words are kept: edit it again to go on.` : problemText(problem),
    })
  },
})

/** Recalls on their way to the server. */
export const recallFlags = new Flags({
  kind: 'recall',
  set({ conversation, message, key }) {
    const path = { conversation, message }
    return request('POST /conversations/{conversation}/messages/{message}/recall', { path }, { key })
  },
  isSet(conversation, message) {
    const held = heldMessage(currentLog()?.rooms[conversation], message)
    return held && held.recalled !== null
  },
  onRefused: (_, problem) =>
    toasts.show({ tone: 'danger', title: t`The message was not recalled.`, description: problemText(problem) }),
})

/** Save new words for a message. A refusal is thrown; without the server they wait. */
export function saveEdit({ conversation, id }: Message, content: Content, basedOn: Id): Promise<void> {
  // Of words that wait, nobody knows yet: the version is still the one that they change.
  const based_on = editFlags.pending(id)?.detail?.based_on ?? basedOn
  return editFlags.ask(conversation, id, true, { content, based_on })
}

/** Take a message back. A refusal is thrown; without the server it waits. */
export function recall(message: Message): Promise<void> {
  const { conversation, id } = message
  if (message.sender === currentPerson()) keepRecalledWords(message)
  editFlags.forget(`edit ${id}`)
  return recallFlags.ask(conversation, id, true)
}

/** Whether a change of a message waits for the server. */
export function useWaits(kind: 'edit' | 'recall', message: Id): boolean {
  return useFlags(kind, message).some(({ sent }) => sent === null)
}

/** The messages as I changed them, whether the server knows it or not. */
export function useChanged(view: TimelineView, conversation: Id, me: Id): TimelineView {
  const edits = useFlagsOf<NewWords>('edit', conversation)
  const recalls = useFlagsOf('recall', conversation)
  return useMemo(() => {
    if (edits.length === 0 && recalls.length === 0) return view
    return { ...view, messages: view.messages.map(message => changed(message, edits, recalls, me)) }
  }, [view, edits, recalls, me])
}

function changed(
  message: Message,
  edits: readonly PendingFlag<NewWords>[],
  recalls: readonly PendingFlag[],
  me: Id,
): Message {
  if (message.recalled) return message
  if (recalls.some(flag => flag.message === message.id))
    return { ...message, content: null, reply_to: null, reactions: [], recalled: { by: me, id: message.id } }
  const words = edits.find(flag => flag.message === message.id)?.detail
  return words ? { ...message, content: words.content } : message
}
