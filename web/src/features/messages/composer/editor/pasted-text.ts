import { Node, type ResolvedPos, Slice } from '@tiptap/pm/model'
import type { EditorView } from '@tiptap/pm/view'
import { fromPlainText, toDoc } from '../content'

/** Plain text from the clipboard: a paragraph a line, empty lines kept, addresses as links. */
export function pastedText(text: string, _context: ResolvedPos, _plain: boolean, view: EditorView): Slice {
  const doc = Node.fromJSON(view.state.schema, toDoc(fromPlainText(text)))
  return new Slice(doc.content, 1, 1)
}
