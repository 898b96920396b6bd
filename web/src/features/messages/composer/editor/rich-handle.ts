import type { Editor } from '@tiptap/core'
import { toContent } from '../content'
import { type DocNode, toDoc } from '../doc'
import type { EditorHandle, Format } from './handle'

/** What the composer asks of the editor. `current` gives the editor while there is one. */
export function editorHandle(current: () => Editor | null): EditorHandle {
  const run = (change: (editor: Editor) => unknown) => {
    const editor = current()
    if (editor) change(editor)
  }
  return {
    focus: () => run(editor => editor.commands.focus()),
    content: () => {
      const editor = current()
      return editor ? toContent(editor.getJSON() as DocNode) : { blocks: [] }
    },
    replace: content =>
      run(editor => editor.chain().setContent(toDoc(content), { emitUpdate: true }).focus('end').run()),
    show: content => run(editor => editor.commands.setContent(toDoc(content), { emitUpdate: true })),
    insertText: text => run(editor => editor.chain().focus().insertContent({ type: 'text', text }).run()),
    startMention: () => run(startMention),
    format: (format, href) => run(editor => applyFormat(editor, format, href)),
  }
}

/** An @ after a letter is a mail address; there a space goes before it. */
function startMention(editor: Editor): void {
  const { from } = editor.state.selection
  const before = editor.state.doc.textBetween(Math.max(0, from - 1), from, ' ')
  editor
    .chain()
    .focus()
    .insertContent({ type: 'text', text: /\w/.test(before) ? ' @' : '@' })
    .run()
}

function applyFormat(editor: Editor, format: Format, href = ''): boolean {
  const chain = editor.chain().focus()
  switch (format) {
    case 'bold':
      return chain.toggleBold().run()
    case 'italic':
      return chain.toggleItalic().run()
    case 'strike':
      return chain.toggleStrike().run()
    case 'code':
      return chain.toggleCode().run()
    case 'bulletList':
      return chain.toggleBulletList().run()
    case 'orderedList':
      return chain.toggleOrderedList().run()
    case 'blockquote':
      return chain.toggleBlockquote().run()
    case 'codeBlock':
      return chain.toggleCodeBlock().run()
    case 'link':
      return applyLink(editor, href)
  }
}

function applyLink(editor: Editor, href: string): boolean {
  const chain = editor.chain().focus().extendMarkRange('link')
  if (!href) return chain.unsetMark('link').run()
  if (!editor.state.selection.empty || editor.isActive('link')) return chain.setMark('link', { href }).run()
  return chain
    .insertContent([
      { type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] },
      { type: 'text', text: ' ' },
    ])
    .run()
}
