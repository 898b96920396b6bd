import type { Editor } from '@tiptap/core'

/**
 * A new line in the way of where the cursor stands: an item in a list, a line in code, else a paragraph (so that "- "
 * and "```" at its start work as in the first line). An empty line of a list or quote leaves it.
 */
export function newLine(editor: Editor, event: KeyboardEvent): boolean {
  // The plain Enter does this already, and more.
  if (!event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) return false
  return editor.commands.first(({ commands }) => [
    () => commands.splitListItem('listItem'),
    () => commands.newlineInCode(),
    () => commands.createParagraphNear(),
    () => commands.liftEmptyBlock(),
    () => commands.splitBlock(),
  ])
}
