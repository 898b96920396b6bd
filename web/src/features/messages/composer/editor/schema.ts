import type { Extensions } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Mention, type MentionOptions } from '@tiptap/extension-mention'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { UndoRedo } from '@tiptap/extensions/undo-redo'
import { everyoneId } from '../content'

/**
 * What can be written: exactly what the protocol can say (content.ts turns one into the other). Everything else in
 * pasted text is stripped by the schema.
 */
export function writingSchema(everyone: string, suggestion: MentionOptions['suggestion']): Extensions {
  return [
    Document,
    Paragraph,
    Text,
    HardBreak,
    Bold,
    Italic,
    Strike,
    Code,
    Link.configure({ openOnClick: false, protocols: ['http', 'https', 'mailto'], defaultProtocol: 'https' }),
    Blockquote.extend({ content: 'paragraph+' }),
    CodeBlock,
    BulletList,
    OrderedList,
    // A flat list: one paragraph an item, nothing inside.
    ListItem.extend({ content: 'paragraph' }),
    ListKeymap,
    UndoRedo,
    mentionNode(everyone, suggestion),
  ]
}

function mentionNode(everyone: string, suggestion: MentionOptions['suggestion']) {
  const shown = (attributes: Record<string, unknown>) =>
    `@${attributes.id === everyoneId ? everyone : String(attributes.label ?? '')}`
  return Mention.configure({
    HTMLAttributes: { class: 'mention' },
    renderText: ({ node }) => shown(node.attrs),
    renderHTML: ({ options, node }) => ['span', options.HTMLAttributes, shown(node.attrs)],
    deleteTriggerWithBackspace: true,
    suggestion,
  })
}
