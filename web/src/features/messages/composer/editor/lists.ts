import { BulletList, OrderedList } from '@tiptap/extension-list'

/** In how many lists a list stands: those within others are lists of their own. */
const indent = {
  default: 0,
  parseHTML: (element: HTMLElement) => Number(element.dataset.indent) || 0,
  renderHTML: (attributes: Record<string, unknown>) => (attributes.indent ? { 'data-indent': attributes.indent } : {}),
}

const start = {
  default: 1,
  parseHTML: (element: HTMLElement) => Number.parseInt(element.getAttribute('start') ?? '1', 10) || 0,
}

export const BulletedList = BulletList.extend({ addAttributes: () => ({ indent }) })

export const NumberedList = OrderedList.extend({ addAttributes: () => ({ start, indent }) })
