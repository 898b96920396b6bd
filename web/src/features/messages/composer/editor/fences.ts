import type { Editor } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'

/** ``` alone, or with the name of a language. */
const opening = /^```([\w+#.-]{0,40})$/

/** Enter behind a line of ``` makes it a block of code. Undone, the line is back. */
export function openFence(editor: Editor): boolean {
  const { state } = editor
  const { $from, empty } = state.selection
  const type = state.schema.nodes.codeBlock
  if (!empty || !type || $from.parent.type.name !== 'paragraph' || $from.depth !== 1) return false
  const found = opening.exec($from.parent.textContent)
  if (!found || $from.parentOffset !== $from.parent.content.size || found[0].length !== $from.parentOffset) return false
  const tr = closeHistory(state.tr).delete($from.start(), $from.end())
  editor.view.dispatch(tr.setBlockType($from.start(), $from.start(), type, { language: found[1] || null }))
  return true
}

/** Enter behind ``` in the last line of a block of code takes that line away. `leave`: what is written next stands below. */
export function closeFence(editor: Editor, leave: boolean): boolean {
  const { $from, empty } = editor.state.selection
  const { parent } = $from
  const fence = /(?:^|\n)```$/.exec(parent.textContent)
  if (!empty || !fence || parent.type.name !== 'codeBlock' || $from.parentOffset !== parent.content.size) return false
  editor.view.dispatch(closeHistory(editor.state.tr).delete($from.pos - fence[0].length, $from.pos))
  return leave ? editor.commands.exitCode() : true
}
