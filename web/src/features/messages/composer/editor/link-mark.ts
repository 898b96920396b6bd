import { Mark, mergeAttributes } from '@tiptap/core'
import { linkTarget } from '../../blocks/link-target'

/**
 * Words that lead somewhere. Addresses that are merely written are links where they are read (blocks/addresses.ts), so this
 * needs no finding of links while one types, which is most of the ready-made extension.
 */
export const LinkMark = Mark.create({
  name: 'link',
  priority: 1_000,
  inclusive: false,
  addAttributes() {
    return { href: { default: null } }
  },
  parseHTML() {
    return [
      {
        tag: 'a[href]',
        getAttrs: element => {
          const href = linkTarget(element.getAttribute('href') ?? '')
          return href ? { href } : false
        },
      },
    ]
  },
  renderHTML({ HTMLAttributes }) {
    return ['a', mergeAttributes(HTMLAttributes, { rel: 'noopener noreferrer' }), 0]
  },
})
