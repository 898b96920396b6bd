import type { Extensions } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Italic } from '@tiptap/extension-italic'
import { ListItem, ListKeymap } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { UndoRedo } from '@tiptap/extensions/undo-redo'
import { LinkMark } from './link-mark'
import { BulletedList, NumberedList } from './lists'
import { mentionNode } from './mention-node'

/**
 * The libraries' own rules turn signs of Markdown inside ordinary text into formats, and take them away. Ours stand in
 * typing.ts; what is pasted is taken over by pasting.ts.
 */
const withoutRules = { addInputRules: () => [], addPasteRules: () => [], addProseMirrorPlugins: () => [] }

/** What can be written: exactly what the protocol can say (content.ts turns one into the other). */
export function writingSchema(everyone: string): Extensions {
  return [
    Document,
    Paragraph,
    Text,
    HardBreak,
    Bold.extend(withoutRules),
    Italic.extend(withoutRules),
    Strike.extend(withoutRules),
    // Of code only a link may be made besides.
    Code.extend({ ...withoutRules, excludes: 'bold italic strike' }),
    LinkMark,
    Blockquote.extend({ ...withoutRules, content: 'paragraph+' }),
    CodeBlock.extend(withoutRules),
    BulletedList.extend(withoutRules),
    NumberedList.extend(withoutRules),
    // A flat list: one paragraph an item, nothing inside.
    ListItem.extend({ content: 'paragraph' }),
    ListKeymap,
    UndoRedo,
    mentionNode(everyone),
  ]
}
