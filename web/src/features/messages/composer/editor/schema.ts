import type { Extensions } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Italic } from '@tiptap/extension-italic'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { UndoRedo } from '@tiptap/extensions/undo-redo'
import { LinkMark } from './link-mark'
import { mentionNode } from './mention-node'

/**
 * What can be written: exactly what the protocol can say (content.ts turns one into the other). Everything else in
 * pasted text is stripped by the schema.
 */
export function writingSchema(everyone: string): Extensions {
  return [
    Document,
    Paragraph,
    Text,
    HardBreak,
    Bold,
    Italic,
    Strike,
    Code,
    LinkMark,
    Blockquote.extend({ content: 'paragraph+' }),
    CodeBlock,
    BulletList,
    OrderedList,
    // A flat list: one paragraph an item, nothing inside.
    ListItem.extend({ content: 'paragraph' }),
    ListKeymap,
    UndoRedo,
    mentionNode(everyone),
  ]
}
