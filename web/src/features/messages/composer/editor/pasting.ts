import { t } from '@lingui/core/macro'
import { closeHistory } from '@tiptap/pm/history'
import { Fragment, Node, Slice } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Block } from '@/core/api'
import { contentText } from '../../blocks/text'
import { readTransfer } from '../../clipboard/read-transfer'
import { toBlocks } from '../content'
import { type DocNode, toDoc } from '../doc'

/** What is pasted stands there as it was copied; undone, it is gone, and nothing else is. */
export function pasted(view: EditorView, event: ClipboardEvent): boolean {
  return event.clipboardData ? insert(view, event.clipboardData) : false
}

/** What is dropped from elsewhere; what is moved within the text the editor moves itself. */
export function dropped(view: EditorView, event: DragEvent, _slice: Slice, moved: boolean): boolean {
  const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
  if (moved || view.dragging || !event.dataTransfer || !place) return false
  view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(place.pos))))
  return insert(view, event.dataTransfer)
}

function insert(view: EditorView, transfer: DataTransfer): boolean {
  const blocks = readTransfer(transfer)
  if (blocks.length === 0) return false
  const tr = closeHistory(view.state.tr)
  if (view.state.selection.$from.parent.type.spec.code) {
    const text = transfer.getData('text/plain') || contentText({ blocks }, { everyone: t`all` })
    tr.insertText(text.replace(/\r\n?/g, '\n'))
  } else tr.replaceSelection(sliceOf(view, blocks))
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'))
  view.dispatch(closeHistory(view.state.tr))
  return true
}

/** Its first and last lines join the lines where it is put. */
function sliceOf(view: EditorView, blocks: Block[]): Slice {
  // What is written next does not belong to code that was pasted.
  const whole: Block[] = blocks.at(-1)?.type === 'code' ? [...blocks, { type: 'paragraph', spans: [] }] : blocks
  const { content } = Node.fromJSON(view.state.schema, toDoc({ blocks: whole }))
  const open = (node: Node | null) => (node?.type.name === 'paragraph' ? 1 : 0)
  return new Slice(content, open(content.firstChild), open(content.lastChild))
}

/** A part of a numbered list begins with the number that its first item has. */
export function copiedSlice(slice: Slice, view: EditorView): Slice {
  const { $from } = view.state.selection
  const first = slice.content.firstChild
  if (first?.type.name !== 'orderedList' || $from.depth < 1 || $from.node(1).type !== first.type) return slice
  const start = $from.node(1).attrs.start + $from.index(1)
  const list = first.type.create({ ...first.attrs, start }, first.content)
  return new Slice(slice.content.replaceChild(0, list), slice.openStart, slice.openEnd)
}

/** What is copied, as plain text: a line a paragraph, lists and quotes with their signs. */
export function copiedText(slice: Slice, everyone: string): string {
  const blocks = toBlocks({ type: 'doc', content: withinOneLine(slice).toJSON() as DocNode[] })
  return contentText({ blocks }, { everyone })
}

/** Words out of one line of a list or quote are those words alone. */
function withinOneLine({ content, openStart, openEnd }: Slice): Fragment {
  let inner = content
  for (let depth = Math.min(openStart, openEnd); depth > 1; depth -= 1) {
    if (inner.childCount !== 1) return content
    inner = inner.firstChild?.content ?? Fragment.empty
  }
  return inner.childCount === 1 ? inner : content
}
