import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Content, Id, Message, Quote } from '@/core/api'
import { send as sendMessage, tellTyping, useHeldMessage } from '@/log'
import { clearDraft, draftOf, dropEdit, editOf, isMine, saveDraftsNow, setDraft, setEdit } from '../drafts/drafts-store'
import { isSameText } from '../drafts/kept-draft'
import { endDraft } from '../drafts/saving'
import { shownDraft, useShownDraft } from '../drafts/shown-draft'
import { attachedOf, putBack, takeAttached } from '../files/attached'
import { usePane } from '../pane/pane-context'
import type { EditorHandle } from './editor/handle'
import { refusalOf } from './limits'
import { type Occasion, occasionOf } from './occasion'
import { isEmpty } from './trim'
import { type EditConflict, useEdit } from './useEdit'

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
  /** Ends what one writes for: the edit is given up, or the answer becomes a message. An edit that was interrupted goes on. */
  cancel: () => void
  /** What is written replaces the words of a message. */
  saves: boolean
  /** The message was changed meanwhile; both texts. */
  conflict: EditConflict | null
  /** The server is asked to change a message. */
  busy: boolean
}

/** What is being written in the open conversation: kept as its draft, sent as a message, or saved as an edit of one. */
export function useWriting(
  occasion: Occasion | null,
  onOccasion: (occasion: Occasion | null) => void,
  onSent: () => void,
): Writing {
  const { conversation } = usePane()
  const editor = useRef<EditorHandle>(null)
  const [initial] = useState(() => begunIn(conversation, occasion))
  const { content, latest, take, show } = useText(editor, initial)
  const sending = useRef(false)
  const quiet = useRef<Occasion | null>(null)
  useOccasionText(editor, occasion, quiet)
  useQuoteInDraft(occasion, latest)
  useDraftOfOthers(occasion, onOccasion, latest, show, quiet)

  const change = (next: Content) => {
    if (!take(next)) return
    if (occasion?.kind === 'edit') {
      setEdit(occasion.message, next)
      return
    }
    keepDraft(conversation, next, occasion)
    if (!isEmpty(next) && !sending.current) tellTyping(conversation)
  }
  const goOn = () => onOccasion(occasionOf(shownDraft(conversation)))
  const cancel = () => {
    if (occasion?.kind === 'edit') dropEdit(conversation, occasion.message.id)
    else keepDraft(conversation, latest.current, null)
    goOn()
  }
  const edit = useEdit(occasion, cancel)
  const held = useHeldMessage(conversation, idOf(occasion))
  const saves = occasion?.kind === 'edit' && !held?.recalled
  const send = () => {
    const written = latest.current
    if (refusalOf(written) || (isEmpty(written) && (saves || attachedOf(conversation).length === 0))) return false
    // Of a message that was recalled meanwhile only the new words are left: they go as a message of their own.
    if (saves) {
      edit.save(written)
      return true
    }
    sending.current = true
    const quote = quoteToSend(occasion, held)
    const draft = occasion?.kind === 'edit' ? null : endDraft(conversation)
    const files = takeAttached(conversation)
    // It waits in the outbox: from here on no other tab, and no page after this one, may find it as a draft.
    sendMessage(conversation, written, quote, draft, files).then(saveDraftsNow, () => {
      setDraft(conversation, written, quote)
      putBack(conversation, files)
    })
    if (occasion?.kind === 'edit') dropEdit(conversation, occasion.message.id)
    else {
      // What another device wrote beside it is what there is to write now.
      show(shownDraft(conversation)?.content ?? nothing)
      editor.current?.focus()
    }
    goOn()
    sending.current = false
    onSent()
    return true
  }
  const takeIn = (more: Content, reply: Quote | null) => {
    const editing = occasion?.kind === 'edit'
    const all = behind(editing ? (shownDraft(conversation)?.content ?? nothing) : latest.current, more)
    const answered = occasion?.kind === 'reply' ? occasion.quote : reply
    // Stored before it leaves the outbox: it is never nowhere.
    setDraft(conversation, all, answered)
    saveDraftsNow()
    if (!editing) editor.current?.replace(all)
    onOccasion(answered && { kind: 'reply', quote: answered })
    editor.current?.focus()
  }
  const current = () => latest.current
  const { conflict, busy } = edit
  return { editor, initial, content, current, change, send, takeIn, cancel, saves, conflict, busy }
}

/** The text as it stands in the editor. */
function useText(editor: RefObject<EditorHandle | null>, initial: Content) {
  const [content, setContent] = useState(initial)
  const latest = useRef(initial)
  const isShowing = useRef(false)
  /** It stands there now. False: nobody wrote it here. */
  const take = (next: Content) => {
    latest.current = next
    setContent(next)
    return !isShowing.current
  }
  /** What was written elsewhere. */
  const show = (elsewhere: Content) => {
    isShowing.current = true
    editor.current?.show(elsewhere)
    isShowing.current = false
    take(elsewhere)
  }
  return { content, latest, take, show }
}

function behind(written: Content, more: Content): Content {
  return { blocks: [...written.blocks, ...more.blocks] }
}

function idOf(occasion: Occasion | null): Id | null {
  if (!occasion) return null
  return occasion.kind === 'edit' ? occasion.message.id : occasion.quote.id
}

/** The server refuses an answer to what was recalled: it goes without the quote, as the bar above says. */
function quoteToSend(occasion: Occasion | null, held: Message | undefined): Quote | null {
  if (occasion?.kind !== 'reply') return null
  return held?.recalled || occasion.quote.recalled ? null : occasion.quote
}

function begunIn(conversation: Id, occasion: Occasion | null): Content {
  const edit = occasion?.kind === 'edit' ? editOf(conversation, occasion.message.id) : undefined
  return edit?.content ?? shownDraft(conversation)?.content ?? nothing
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

/**
 * What another device wrote shows here as long as nothing is being written here. `quiet`: the occasion that came with it, which takes no
 * focus.
 */
function useDraftOfOthers(
  occasion: Occasion | null,
  onOccasion: (occasion: Occasion | null) => void,
  latest: RefObject<Content>,
  show: (content: Content) => void,
  quiet: RefObject<Occasion | null>,
): void {
  const { conversation } = usePane()
  const draft = useShownDraft(conversation)
  const follow = useEffectEvent(() => {
    if (isMine(draftOf(conversation)) || occasion?.kind === 'edit') return
    const content = draft?.content ?? nothing
    if (!isSameText(content, latest.current)) show(content)
    const quote = draft?.reply_to ?? null
    if (JSON.stringify(quote) === JSON.stringify(occasion?.quote ?? null)) return
    quiet.current = quote && { kind: 'reply', quote }
    onOccasion(quiet.current)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: followed when it changes
  useEffect(follow, [draft, occasion?.kind])
}

/** An edit puts the message into the editor; what was written before comes back afterwards. An answer takes the focus. */
function useOccasionText(
  editor: RefObject<EditorHandle | null>,
  occasion: Occasion | null,
  quiet: RefObject<Occasion | null>,
): void {
  const shown = useRef(occasion)
  const { conversation } = usePane()
  useEffect(() => {
    const last = shown.current
    if (last === occasion) return
    shown.current = occasion
    if (occasion?.kind === 'edit') {
      const edit = editOf(conversation, occasion.message.id)
      editor.current?.replace(edit?.content ?? occasion.message.content ?? nothing)
    } else if (last?.kind === 'edit') editor.current?.replace(shownDraft(conversation)?.content ?? nothing)
    if (occasion && occasion !== quiet.current) editor.current?.focus()
  }, [conversation, editor, occasion, quiet])
}
