import { Mark, mergeAttributes } from '@tiptap/core'

/** Where a link may lead; the server takes no others. */
const allowed = /^(?:https?:\/\/|mailto:)/i

/**
 * A link. Addresses that are merely written become links when the message is made (content.ts), so this needs no finding
 * of links while one types, which is most of the ready-made extension.
 */
export const LinkMark = Mark.create({
  name: 'link',
  priority: 1_000,
  inclusive: false,
  addAttributes() {
    return { href: { default: null } }
  },
  parseHTML() {
    return [{ tag: 'a[href]', getAttrs: element => (allowed.test(element.getAttribute('href') ?? '') ? null : false) }]
  },
  renderHTML({ HTMLAttributes }) {
    return ['a', mergeAttributes(HTMLAttributes, { rel: 'noopener noreferrer' }), 0]
  },
})
