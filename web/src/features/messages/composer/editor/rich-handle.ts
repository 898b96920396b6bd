import type { Editor } from '@tiptap/core'
import { type DocNode, toContent, toDoc } from '../content'
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

function applyFormat(editor: Editor, format: Format, href = ''): void {
  const chain = editor.chain().focus()
  switch (format) {
    case 'bold':
      return void chain.toggleBold().run()
    case 'italic':
      return void chain.toggleItalic().run()
    case 'strike':
      return void chain.toggleStrike().run()
    case 'code':
      return void chain.toggleCode().run()
    case 'bulletList':
      return void chain.toggleBulletList().run()
    case 'orderedList':
      return void chain.toggleOrderedList().run()
    case 'blockquote':
      return void chain.toggleBlockquote().run()
    case 'codeBlock':
      return void chain.toggleCodeBlock().run()
    case 'link':
      return applyLink(editor, href)
  }
}

function applyLink(editor: Editor, href: string): void {
  const chain = editor.chain().focus().extendMarkRange('link')
  if (!href) return void chain.unsetLink().run()
  if (!editor.state.selection.empty || editor.isActive('link')) return void chain.setLink({ href }).run()
  chain
    .insertContent([
      { type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] },
      { type: 'text', text: ' ' },
    ])
    .run()
}
