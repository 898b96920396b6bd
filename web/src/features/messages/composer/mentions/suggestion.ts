import { Extension } from '@tiptap/core'
import { type EditorState, Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { holdKeys, isComposing } from '@/core/keys'
import { emojiQuery } from '../../emoji/emoji-query'
import { noteEmoji } from '../../emoji/recent-emoji'
import type { Candidate, Candidates } from './candidates'
import { mentionQuery } from './mention-query'

/** The open list of people to mention, or of emoji. */
export interface Choosing {
  kind: keyof Candidates
  candidates: Candidate[]
  /** It is not known yet who they are. */
  isComing: boolean
  active: number
  at: { left: number; top: number }
  pick: (candidate: Candidate) => void
}

export interface SuggestionSource {
  candidates: Candidates
  /** Null: the list closes. */
  onChoosing: (choosing: Choosing | null) => void
}

/** A sign that asks for something, and what is put in its place. */
interface Sign {
  kind: keyof Candidates
  /** What was asked for, in the text before the cursor. */
  find: (before: string) => { query: string; length: number } | null
  insert: (view: EditorView, from: number, candidate: Candidate) => void
}

const signs: readonly Sign[] = [
  { kind: 'person', find: mentionQuery, insert: insertMention },
  { kind: 'emoji', find: emojiQuery, insert: insertEmoji },
]

/** Watches for an @ and offers people, for a colon and offers emoji. `source` is asked anew each time, so it may change between renders. */
export function suggestions(source: () => SuggestionSource) {
  return Extension.create({
    name: 'suggestions',
    addProseMirrorPlugins() {
      const session = new ChoosingSession(source)
      return [
        new Plugin({
          props: { handleKeyDown: (_, event) => session.press(event) },
          view: () => ({ update: view => session.follow(view), destroy: () => session.close() }),
        }),
      ]
    },
  })
}

/** From the sign on to the choice, or to its end without one. */
class ChoosingSession {
  private readonly source: () => SuggestionSource
  private open: Choosing | null = null
  private query = ''
  /** Where the sign stands whose list was closed by Escape: it stays closed. */
  private dismissed: number | null = null
  private from = 0
  /** Pressed before it was known what there is to choose from: the first is meant, as soon as that is known. */
  private waits: KeyboardEvent | null = null

  constructor(source: () => SuggestionSource) {
    this.source = source
  }

  follow(view: EditorView): void {
    const found = view.hasFocus() || this.waits ? queryIn(view.state) : null
    if (!found) this.dismissed = null
    if (!found || this.dismissed === found.from) this.close()
    else if (!this.open || this.open.isComing || this.query !== found.query || this.from !== found.from)
      this.offer(view, found)
    if (this.waits && !this.open?.isComing) queueMicrotask(() => this.answer(view))
  }

  /** The key that waited does now what it would have done. */
  private answer(view: EditorView): void {
    const { waits } = this
    this.waits = null
    if (!waits || view.isDestroyed) return
    view.focus()
    const { key, code, keyCode } = waits
    view.dom.dispatchEvent(new KeyboardEvent('keydown', { key, code, keyCode, bubbles: true, cancelable: true }))
  }

  private offer(view: EditorView, { sign, from, query }: Asked): void {
    this.query = query
    this.from = from
    const { kind } = sign
    const found = this.source().candidates[kind](query)
    const { left, top } = view.coordsAtPos(from)
    const pick = (candidate: Candidate) => sign.insert(view, from, candidate)
    if (found?.length === 0) this.show(null)
    else this.show({ kind, candidates: found ?? [], isComing: found === null, active: 0, at: { left, top }, pick })
  }

  press(event: KeyboardEvent): boolean {
    this.waits = null
    if (!this.open || isComposing(event)) return false
    const { candidates, active, pick, isComing } = this.open
    const chosen = candidates[active]
    const takes = event.key === 'Enter' || event.key === 'Tab'
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (!isComing) this.show({ ...this.open, active: (active + step + candidates.length) % candidates.length })
    } else if (event.key === 'Escape') {
      this.dismissed = this.from
      this.close()
    } else if (takes && isComing) {
      this.waits = event
      holdKeys()
    } else if (takes && chosen) pick(chosen)
    else return false
    return true
  }

  close(): void {
    if (this.open) this.show(null)
  }

  private show(next: Choosing | null): void {
    this.open = next
    this.source().onChoosing(next)
  }
}

interface Asked {
  sign: Sign
  from: number
  query: string
}

function queryIn(state: EditorState): Asked | null {
  const { $from, empty } = state.selection
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 60), $from.parentOffset, undefined, '\ufffc')
  for (const sign of signs) {
    const found = sign.find(before)
    if (found) return { sign, from: $from.pos - found.length, query: found.query }
  }
  return null
}

function insertMention(view: EditorView, from: number, candidate: Candidate): void {
  const { state } = view
  const mention = state.schema.nodes.mention?.create({ id: candidate.id, label: candidate.name })
  if (!mention) return
  view.dispatch(state.tr.replaceWith(from, state.selection.from, [mention, state.schema.text(' ')]).scrollIntoView())
  view.focus()
}

function insertEmoji(view: EditorView, from: number, { id }: Candidate): void {
  const { state } = view
  noteEmoji(id)
  view.dispatch(state.tr.replaceWith(from, state.selection.from, state.schema.text(id)).scrollIntoView())
  view.focus()
}
