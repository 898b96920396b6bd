import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { Transform } from '@tiptap/pm/transform'
import type { EditorView } from '@tiptap/pm/view'

/** What shows, typed right behind a sign that closed, that it closed nothing: *a*b, `x`y, *.log*\/ */
const wordGoesOn = /^[\p{Script=Latin}\p{N}_*~`/\\=]$/u
/** Of the single signs any letter does: *注意*事项* is no emphasis, and in Chinese nobody would see that its signs are gone. */
const letter = /^\p{L}$/u

/** A rule for typing that has just been applied, as the library keeps it to be undone. */
interface Applied {
  transform: Transform
  from: number
  to: number
  /** The character that closed it. */
  text: string
  /** Where what is written next begins. */
  end: number
}

const key = new PluginKey<Applied | null>('secondThoughts')

/**
 * Signs come back where what is written next shows what they were: "> 5" and "- 3" are figures, *a*b is no format. An input method
 * shows what it composes before it is chosen: that is judged when it is done.
 */
export const SecondThoughts = Extension.create({
  name: 'secondThoughts',
  // Before the rules see what is typed.
  priority: 2_000,
  addProseMirrorPlugins() {
    return [
      new Plugin<Applied | null>({
        key,
        state: { init: () => null, apply: (tr, last, _, state) => appliedIn(tr, state) ?? (lasts(tr) ? last : null) },
        view: () => ({ update: judgeComposed }),
        props: {
          handleTextInput: (view, from, to, text) => !view.composing && type(view, from, to, text),
          handleDOMEvents: { keydown: judgeBeforeKey },
        },
      }),
    ]
  },
})

function appliedIn(tr: Transaction, state: EditorState): Applied | undefined {
  const rules = state.plugins.filter(plugin => 'isInputRules' in plugin.spec)
  const applied = rules.map(plugin => tr.getMeta(plugin) as Omit<Applied, 'end'> | undefined).find(rule => rule)
  return applied && { ...applied, end: tr.selection.from }
}

/** Whether the rule is still the last thing that was done, but for what is being composed behind it. */
function lasts(tr: Transaction): boolean {
  return tr.getMeta('composition') !== undefined || (!tr.docChanged && !tr.selectionSet)
}

function type(view: EditorView, from: number, to: number, text: string): boolean {
  const applied = key.getState(view.state)
  // Several characters at once are dictated, picked or pasted, not typed.
  if ([...text].length > 1) {
    view.dispatch(view.state.tr.insertText(text, from, to).scrollIntoView())
    return true
  }
  if (!applied || from !== applied.end || !isWithdrawn(view.state, applied, text)) return false
  const tr = withdrawn(view.state, applied)
  view.dispatch(tr.insertText(text).scrollIntoView())
  return true
}

/** What an input method wrote behind the sign is judged by its first character. */
function judgeComposed(view: EditorView): void {
  const applied = key.getState(view.state)
  if (!applied || view.composing) return
  const { doc, selection } = view.state
  if (selection.from <= applied.end) return
  const [next = ''] = doc.textBetween(applied.end, selection.from, '\n', '\ufffc')
  if (isWithdrawn(view.state, applied, next)) view.dispatch(withdrawn(view.state, applied))
  else view.dispatch(view.state.tr.setMeta('addToHistory', false).setSelection(selection))
}

/** The end of a composition is noted a moment later: a key that is quicker comes behind the judgement all the same. */
function judgeBeforeKey(view: EditorView): false {
  judgeComposed(view)
  return false
}

/** As it was before the rule; what was written since stands behind it. */
function withdrawn(state: EditorState, { transform, from, to, text }: Applied): Transaction {
  const { tr } = state
  for (let index = transform.steps.length - 1; index >= 0; index -= 1) {
    const [step, before] = [transform.steps[index], transform.docs[index]]
    if (step && before) tr.step(step.invert(before))
  }
  if (!text) return tr.delete(from, to)
  return tr.replaceWith(from, to, state.schema.text(text, tr.doc.resolve(from).marks()))
}

/** Whether a rule that has just been applied was wrong, as the next character says. */
function isWithdrawn(state: EditorState, applied: Applied, next: string): boolean {
  if (applied.text === ' ') return isFirstOfItsKind(state) && /^\p{Nd}$/u.test(next)
  return wordGoesOn.test(next) || (isItalic(state, applied.end) && letter.test(next))
}

function isItalic(state: EditorState, end: number): boolean {
  return state.doc.resolve(end).nodeBefore?.marks.some(({ type }) => type.name === 'italic') ?? false
}

/** In an empty list with bullets or quote that was just begun; what follows in one is meant. */
function isFirstOfItsKind({ selection: { $from } }: EditorState): boolean {
  const block = $from.node(1)
  return $from.parent.content.size === 0 && block.childCount === 1 && block.type.name !== 'orderedList'
}
