import type { Mark } from '@/core/api'

const dropped = new Set(
  'head title meta link style script noscript template svg canvas video audio iframe object embed datalist textarea progress meter col colgroup xml annotation annotation-xml'.split(
    ' ',
  ),
)
const blocks = new Set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre search section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
const marksOf: Record<string, Mark> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
}
const order: Mark[] = ['bold', 'italic', 'code', 'strike']

/** What is no text at all. */
export function isDropped({ localName, dataset }: HTMLElement): boolean {
  return dropped.has(localName) || dataset.uncopied !== undefined
}

/** What one did not see. */
export function isHidden(element: HTMLElement): boolean {
  const style = styleOf(element)
  return (
    element.hasAttribute('hidden') ||
    /(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden)/i.test(style)
  )
}

export function isBlock(element: HTMLElement): boolean {
  const display = /(?:^|;)\s*display\s*:\s*([a-z-]+)/i.exec(styleOf(element))?.[1]
  if (display === 'inline' || display === 'contents') return false
  return (
    blocks.has(element.localName) || /^(?:block|flex|grid|list-item|table|table-row|flow-root)$/.test(display ?? '')
  )
}

export function keepsSpaces(element: HTMLElement): boolean {
  return /white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces|preserve)/i.test(styleOf(element))
}

/** The marks of the text in an element, given those of the text around it. */
export function changedMarks(element: HTMLElement, outer: readonly Mark[]): readonly Mark[] {
  const style = styleOf(element)
  const marks = new Set(outer)
  const own = marksOf[element.localName]
  if (own) marks.add(own)
  const weight = /font-weight\s*:\s*(\w+)/i.exec(style)?.[1]
  if (weight) set(marks, 'bold', weight === 'bold' || weight === 'bolder' || Number(weight) >= 600)
  const slant = /font-style\s*:\s*(\w+)/i.exec(style)?.[1]
  if (slant) set(marks, 'italic', slant === 'italic' || slant === 'oblique')
  if (/text-decoration[^;]*line-through/i.test(style)) marks.add('strike')
  // Code is code and nothing besides, as in the editor.
  if (marks.has('code')) return ['code']
  return order.filter(mark => marks.has(mark))
}

export function scriptOf(element: HTMLElement): 'raised' | 'lowered' | null {
  const align = /vertical-align\s*:\s*(super|sub)\b/i.exec(styleOf(element))?.[1]
  if (element.localName === 'sup' || align === 'super') return 'raised'
  return element.localName === 'sub' || align === 'sub' ? 'lowered' : null
}

function set(marks: Set<Mark>, mark: Mark, on: boolean): void {
  if (on) marks.add(mark)
  else marks.delete(mark)
}

function styleOf(element: HTMLElement): string {
  return element.getAttribute('style') ?? ''
}
