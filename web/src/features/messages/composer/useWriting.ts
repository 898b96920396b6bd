import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Content, Quote } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { toasts } from '@/ui'
import { usePane } from '../pane/pane-context'
import { clearDraft, draftOf, editMessage, saveDraftsNow, send as sendMessage, setDraft, tellTyping } from '../store'
import { messagingProblems } from '../wording/problems'
import type { EditorHandle } from './editor/handle'
import { refusalOf } from './limits'
import type { Occasion } from './occasion'
import { isEmpty } from './trim'

const nothing: Content = { blocks: [] }

export interface Writing {
  editor: RefObject<EditorHandle | null>
  initial: Content
  content: Content
  current: () => Content
  change: (content: Content) => void
  /** False: there is nothing to send. */
  send: () => boolean
  /** Puts a message back, behind what is written. An edit that is under way ends. */
  takeIn: (content: Content, reply: Quote | null) => void
  /** The server is asked to change a message. */
  busy: boolean
  autoFocus: boolean
}

/** What is being written in the open conversation: kept as its draft, sent as a message, or saved as an edit of one. */
export function useWriting(
  occasion: Occasion | null,
  onOccasion: (occasion: Occasion | null) => void,
  onSent: () => void,
): Writing {
  const { conversation } = usePane()
  const editor = useRef<EditorHandle>(null)
  const [initial] = useState(() => draftOf(conversation)?.content ?? nothing)
  const [content, setContent] = useState(initial)
  const latest = useRef(initial)
  const sending = useRef(false)
  const beforeEdit = useOccasionText(editor, occasion, latest)
  useQuoteInDraft(occasion, latest)

  const change = (next: Content) => {
    latest.current = next
    setContent(next)
    if (occasion?.kind === 'edit') return
    keepDraft(conversation, next, occasion)
    if (!isEmpty(next) && !sending.current) tellTyping(conversation)
  }
  const edit = useEdit(occasion, onOccasion)
  const send = () => {
    const written = latest.current
    if (isEmpty(written) || refusalOf(written)) return false
    if (occasion?.kind === 'edit') {
      edit.save(written)
      return true
    }
    sending.current = true
    void sendMessage(conversation, written, occasion?.quote ?? null)
    editor.current?.replace(nothing)
    clearDraft(conversation)
    onOccasion(null)
    sending.current = false
    onSent()
    return true
  }
  const takeIn = (more: Content, reply: Quote | null) => {
    const editing = occasion?.kind === 'edit'
    const written = editing ? beforeEdit.current : latest.current
    const all = { blocks: [...written.blocks, ...more.blocks] }
    const answered = occasion?.kind === 'reply' ? occasion.quote : reply
    // Stored before it leaves the outbox: it is never nowhere.
    setDraft(conversation, all, answered)
    saveDraftsNow()
    beforeEdit.current = all
    if (!editing) editor.current?.replace(all)
    onOccasion(answered && { kind: 'reply', quote: answered })
    editor.current?.focus()
  }
  const autoFocus = matchMedia('(pointer: fine)').matches
  return { editor, initial, content, current: () => latest.current, change, send, takeIn, busy: edit.busy, autoFocus }
}

function keepDraft(conversation: string, content: Content, occasion: Occasion | null): void {
  const quote = occasion?.kind === 'reply' ? occasion.quote : null
  if (isEmpty(content) && !quote) clearDraft(conversation)
  else setDraft(conversation, content, quote)
}

/** Which message is answered belongs to the draft, too. */
function useQuoteInDraft(occasion: Occasion | null, latest: RefObject<Content>): void {
  const { conversation } = usePane()
  const before = useRef(occasion)
  useEffect(() => {
    const changed = before.current !== occasion
    before.current = occasion
    if (changed && occasion?.kind !== 'edit') keepDraft(conversation, latest.current, occasion)
  }, [conversation, occasion, latest])
}

/** An edit puts the message into the editor; what was written before comes back afterwards. An answer takes the focus. */
function useOccasionText(
  editor: RefObject<EditorHandle | null>,
  occasion: Occasion | null,
  latest: RefObject<Content>,
): RefObject<Content> {
  const shown = useRef(occasion)
  const before = useRef<Content>(nothing)
  useEffect(() => {
    const last = shown.current
    if (last === occasion) return
    shown.current = occasion
    if (occasion?.kind === 'edit') {
      if (last?.kind !== 'edit') before.current = latest.current
      editor.current?.replace(occasion.message.content ?? nothing)
    } else if (last?.kind === 'edit') editor.current?.replace(before.current)
    if (occasion) editor.current?.focus()
  }, [editor, occasion, latest])
  return before
}

function useEdit(occasion: Occasion | null, onOccasion: (occasion: Occasion | null) => void) {
  const [busy, setBusy] = useState(false)
  const text = useProblemText(messagingProblems)
  const save = (content: Content) => {
    if (occasion?.kind !== 'edit' || busy) return
    const { message } = occasion
    if (JSON.stringify(message.content) === JSON.stringify(content)) return onOccasion(null)
    setBusy(true)
    editMessage(message, content)
      .then(
        () => onOccasion(null),
        (problem: unknown) => {
          toasts.show({ tone: 'danger', title: text(problem) })
        },
      )
      .finally(() => setBusy(false))
  }
  return { save, busy }
}
