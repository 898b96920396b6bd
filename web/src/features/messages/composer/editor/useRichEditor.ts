import { useLingui } from '@lingui/react/macro'
import { Editor } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { takeFocus } from '@/core/keys'
import { toContent } from '../content'
import { type DocNode, toDoc } from '../doc'
import { intentionOf } from '../intention'
import { type Choosing, suggestions } from '../mentions/suggestion'
import styles from './editor.module.css'
import { closeFence, openFence } from './fences'
import type { EditorProps, Format } from './handle'
import { newLine } from './new-line'
import { copiedSlice, copiedText, dropped, pasted } from './pasting'
import { writingSchema } from './schema'
import { SecondThoughts } from './second-thoughts'
import { Typing } from './typing'

interface Watchers {
  listId: string
  onChoosing: (choosing: Choosing | null) => void
  onEmpty: (empty: boolean) => void
}

interface Session extends EditorProps, Watchers {
  choosing: Choosing | null
}

const formats: Format[] = [
  'bold',
  'italic',
  'strike',
  'code',
  'link',
  'bulletList',
  'orderedList',
  'blockquote',
  'codeBlock',
]

/** The Tiptap editor of one RichEditor: made once, asking for the latest props whenever it needs them. */
export function useRichEditor(props: EditorProps, watchers: Watchers) {
  const { t } = useLingui()
  const place = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | null>(null)
  const latest = useRef<Session>({ ...props, ...watchers, choosing: null })
  useEffect(() => {
    latest.current = { ...props, ...watchers, choosing: latest.current.choosing }
  })
  const everyone = t`all`
  // In the same frame as what it replaces goes: no key falls between the two.
  useLayoutEffect(() => {
    const made = makeEditor(place.current, everyone, () => latest.current)
    editor.current = made
    if (latest.current.autoFocus) takeFocus(() => made.isDestroyed || focusAtEnd(made))
    return () => {
      editor.current = null
      made.destroy()
    }
  }, [everyone])
  useEffect(() => {
    editor.current?.view.dom.setAttribute('aria-label', props.label)
  }, [props.label])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what there is to choose from is known now, perhaps after its sign
  useEffect(() => {
    const view = editor.current?.view
    if (view?.composing === false) view.updateState(view.state)
  }, [props.candidates])
  return { place, editor: () => editor.current }
}

function makeEditor(element: HTMLElement | null, everyone: string, session: () => Session): Editor {
  const { initial, label, listId } = session()
  const follow = (choosing: Choosing | null) => {
    session().choosing = choosing
    session().onChoosing(choosing)
    tellChoosing(editor, listId, choosing)
  }
  const editor: Editor = new Editor({
    element,
    content: toDoc(initial),
    autofocus: false,
    injectCSS: false,
    extensions: [
      ...writingSchema(everyone),
      Typing,
      SecondThoughts,
      suggestions(() => ({ candidates: session().candidates, onChoosing: follow })),
    ],
    editorProps: {
      attributes: { class: styles.text ?? '', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      handlePaste: pasted,
      handleDrop: dropped,
      transformCopied: copiedSlice,
      clipboardTextSerializer: slice => copiedText(slice, everyone),
      handleKeyDown: (_, event) => pressed(editor, event, session()),
    },
    onUpdate: () => {
      session().onEmpty(editor.isEmpty)
      session().onChange(toContent(editor.getJSON() as DocNode))
    },
    onTransaction: () => session().onFormats(new Set(formats.filter(format => editor.isActive(format)))),
  })
  return editor
}

function pressed(editor: Editor, event: KeyboardEvent, session: Session): boolean {
  const { sendKey, choosing, onIntention } = session
  const intention = intentionOf(event, { sendKey, empty: editor.isEmpty, choosing: choosing !== null })
  if (intention === null) return false
  if ((intention === 'send' || intention === 'new-line') && openFence(editor)) return true
  if (intention === 'new-line') return closeFence(editor, true) || newLine(editor, event)
  if (intention === 'send') closeFence(editor, false)
  const done = onIntention(intention)
  // Enter never falls through to writing a line break: sending was refused for a reason that is shown.
  if (done || intention === 'send') event.preventDefault()
  return done || intention === 'send'
}

function focusAtEnd({ view, state }: Editor): void {
  // First the focus: what follows the cursor, as people to mention, is for who has it.
  view.focus()
  view.dispatch(state.tr.setSelection(Selection.atEnd(state.doc)).scrollIntoView())
}

function tellChoosing(editor: Editor, listId: string, choosing: Choosing | null): void {
  const { dom } = editor.view
  if (choosing) {
    dom.setAttribute('aria-controls', listId)
    dom.setAttribute('aria-activedescendant', `${listId}-${choosing.active}`)
  } else {
    dom.removeAttribute('aria-controls')
    dom.removeAttribute('aria-activedescendant')
  }
}
