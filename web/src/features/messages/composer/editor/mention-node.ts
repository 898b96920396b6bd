import { Node } from '@tiptap/core'
import { everyoneId } from '../everyone'

/** A person called by name, or all. One piece: it is deleted as a whole. */
export function mentionNode(everyone: string) {
  return Node.create({
    name: 'mention',
    group: 'inline',
    inline: true,
    atom: true,
    selectable: false,
    addAttributes() {
      return {
        id: fromDom('data-id'),
        label: fromDom('data-label'),
      }
    },
    parseHTML() {
      return [{ tag: 'span[data-id].mention' }]
    },
    renderHTML({ node }) {
      const { id, label } = node.attrs
      return ['span', { class: 'mention', 'data-id': id, 'data-label': label }, `@${nameOf(node.attrs, everyone)}`]
    },
    renderText({ node }) {
      return `@${nameOf(node.attrs, everyone)}`
    },
  })
}

function fromDom(name: string) {
  return { default: '', parseHTML: (element: HTMLElement) => element.getAttribute(name) ?? '', rendered: false }
}

function nameOf(attributes: Record<string, unknown>, everyone: string): string {
  return attributes.id === everyoneId ? everyone : String(attributes.label ?? '')
}
