import type { Editor } from '@tiptap/core'
import type { SuggestionOptions, SuggestionProps } from '@tiptap/suggestion'
import type { Candidate } from './candidates'

/** The open list of people to mention. */
export interface Choosing {
  candidates: Candidate[]
  active: number
  at: { left: number; top: number }
  pick: (candidate: Candidate) => void
}

export interface SuggestionSource {
  candidates: (query: string) => Candidate[]
  /** Null: the list closes. */
  onChoosing: (choosing: Choosing | null) => void
}

type Props = SuggestionProps<Candidate, { id: string; label: string }>

/** Watches for an @ and offers people. `source` is asked anew each time, so it may change between renders. */
export function mentionSuggestion(source: () => SuggestionSource): Omit<SuggestionOptions<Candidate>, 'editor'> {
  return {
    char: '@',
    // Chinese has no spaces before a mention; `allow` keeps mail addresses out.
    allowedPrefixes: null,
    allow: ({ state, range }) => !/[\w.+-]$/.test(state.doc.textBetween(Math.max(0, range.from - 1), range.from, ' ')),
    items: ({ query }) => source().candidates(query),
    render: () => choosingSession(source),
  }
}

function choosingSession(source: () => SuggestionSource) {
  let open: Choosing | null = null
  const show = (next: Choosing | null) => {
    open = next
    source().onChoosing(next)
  }
  const follow = (props: Props) => show(choosingOf(props))
  return {
    onStart: follow,
    onUpdate: follow,
    onExit: () => show(null),
    onKeyDown: ({ event }: { event: KeyboardEvent }): boolean => {
      if (!open || event.isComposing) return false
      if (event.key === 'Escape') {
        show(null)
        return true
      }
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const step = event.key === 'ArrowDown' ? 1 : -1
        show({ ...open, active: (open.active + step + open.candidates.length) % open.candidates.length })
        return true
      }
      const chosen = open.candidates[open.active]
      if ((event.key !== 'Enter' && event.key !== 'Tab') || !chosen) return false
      open.pick(chosen)
      return true
    },
  }
}

function choosingOf(props: Props): Choosing | null {
  if (props.items.length === 0) return null
  const place = props.clientRect?.() ?? fallbackPlace(props.editor)
  return {
    candidates: props.items,
    active: 0,
    at: { left: place.left, top: place.top },
    pick: candidate => props.command({ id: candidate.id, label: candidate.name }),
  }
}

function fallbackPlace(editor: Editor): { left: number; top: number } {
  return editor.view.dom.getBoundingClientRect()
}
