import { Extension } from '@tiptap/core'
import { type EditorState, Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { holdKeys, isComposing } from '@/core/keys'
import type { Candidate } from './candidates'
import { mentionQuery } from './mention-query'

/** The open list of people to mention. */
export interface Choosing {
  candidates: Candidate[]
  /** It is not known yet who they are. */
  isComing: boolean
  active: number
  at: { left: number; top: number }
  pick: (candidate: Candidate) => void
}

export interface SuggestionSource {
  /** Null: not known yet. */
  candidates: (query: string) => Candidate[] | null
  /** Null: the list closes. */
  onChoosing: (choosing: Choosing | null) => void
}

/** Watches for an @ and offers people. `source` is asked anew each time, so it may change between renders. */
export function mentionSuggestion(source: () => SuggestionSource) {
  return Extension.create({
    name: 'mentionSuggestion',
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

/** From the @ on to the choice, or to its end without one. */
class ChoosingSession {
  private readonly source: () => SuggestionSource
  private open: Choosing | null = null
  private query = ''
  /** Where the @ stands whose list was closed by Escape: it stays closed. */
  private dismissed: number | null = null
  private from = 0
  /** Pressed before it was known who may be called: the first is meant, as soon as that is known. */
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

  private offer(view: EditorView, { from, query }: { from: number; query: string }): void {
    this.query = query
    this.from = from
    const candidates = this.source().candidates(query)
    const { left, top } = view.coordsAtPos(from)
    const pick = (candidate: Candidate) => insertMention(view, from, candidate)
    if (candidates?.length === 0) this.show(null)
    else this.show({ candidates: candidates ?? [], isComing: candidates === null, active: 0, at: { left, top }, pick })
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

function queryIn(state: EditorState): { from: number; query: string } | null {
  const { $from, empty } = state.selection
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 60), $from.parentOffset, undefined, '\ufffc')
  const found = mentionQuery(before)
  return found && { from: $from.pos - found.length, query: found.query }
}

function insertMention(view: EditorView, from: number, candidate: Candidate): void {
  const { state } = view
  const mention = state.schema.nodes.mention?.create({ id: candidate.id, label: candidate.name })
  if (!mention) return
  view.dispatch(state.tr.replaceWith(from, state.selection.from, [mention, state.schema.text(' ')]).scrollIntoView())
  view.focus()
}
