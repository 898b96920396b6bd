import type { Block } from '@/core/api'
import { linkTarget } from '../../blocks/link-target'
import { formula } from './formula'
import { type ListPlace, listPlace, signOf } from './list-signs'
import { type Look, Page, plain } from './page'
import { readPre } from './pre'
import { script } from './scripts'
import { changedMarks, isBlock, isDropped, isHidden, keepsSpaces, scriptOf } from './styles'
import { isLayout, tableRows } from './tables'

/** Copied HTML as blocks: what one saw, as far as blocks can say it, and never two words as one. Nothing of it is run or fetched. */
export function readHtml(html: string): Block[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const page = new Page()
  const exact = body.querySelector('[data-pm-slice], [data-bilin]') !== null
  readChildren(body, page, { ...plain, exact })
  return page.end()
}

function readChildren(parent: ParentNode, page: Page, look: Look): void {
  for (const child of parent.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) page.write(child.nodeValue ?? '', look)
    else if (child instanceof Element && /^math$/i.test(child.localName)) page.write(formula(child), look)
    else if (child instanceof HTMLElement) readElement(child, page, look)
  }
}

function readElement(element: HTMLElement, page: Page, look: Look): void {
  if (isDropped(element) || isHidden(element)) return
  const special = readers[element.localName]
  if (special) special(element, page, look)
  else if (element.dataset.mention || element.matches('span.mention[data-id]')) readMention(element, page, look)
  else readPlain(element, page, look)
}

function readPlain(element: HTMLElement, page: Page, look: Look): void {
  const inner = { ...look, marks: changedMarks(element, look.marks), exact: look.exact || keepsSpaces(element) }
  const raised = scriptOf(element)
  if (raised) page.write(script(textOf(element), raised), inner)
  else if (isBlock(element)) readBlock(element, page, look, inner)
  else readChildren(element, page, inner)
}

function readBlock(element: HTMLElement, page: Page, look: Look, inner: Look): void {
  const sign = wordItem(element)
  page.endLine(look)
  if (sign !== null) page.writeSign(sign, inner)
  readChildren(element, page, inner)
  // The editor writes an empty line so; elsewhere it has no height.
  if (look.exact && element.localName === 'p' && element.childNodes.length === 0) page.breakLine(inner)
  page.endLine(inner)
}

const readers: Record<string, ((element: HTMLElement, page: Page, look: Look) => void) | undefined> = {
  br: (_, page, look) => page.breakLine(look),
  a: (element, page, look) => {
    const href = element.hasAttribute('href') ? linkTarget(element.getAttribute('href') ?? '') : null
    const long = href === null && /^\s*https?:\/\//i.test(element.getAttribute('href') ?? '')
    readPlain(element, page, { ...look, href: href ?? look.href })
    // An address that is too long for a link is not lost.
    const address = (element.getAttribute('href') ?? '').trim()
    if (long && !textOf(element).includes(address)) page.write(` (${address})`, look)
  },
  img: (element, page, look) => page.write(element.getAttribute('alt') ?? '', look),
  input: (element, page, look) => {
    if (element.getAttribute('type') === 'checkbox') page.write(element.hasAttribute('checked') ? '☑ ' : '☐ ', look)
  },
  rt: (element, page, look) => {
    const bare = element.parentElement?.querySelector('rp') === null
    page.write(bare ? `(${textOf(element)})` : textOf(element), look)
  },
  select: (element, page, look) => page.write(chosen(element), look),
  pre: (element, page, look) => {
    page.endLine(look)
    if (look.quote || look.item) readPlain(element, page, { ...look, exact: true })
    else page.code(readPre(element, look.exact))
  },
  blockquote: (element, page, look) => {
    page.endLine(look)
    readPlain(element, page, { ...look, quote: look.quote ?? element, item: null })
  },
  ol: readList,
  ul: readList,
  menu: readList,
  li: (element, page, look) => readItem(element, page, look, look.list ?? listPlace(element, null)),
  table: (element, page, look) => {
    page.endLine(look)
    if (isLayout(element)) return readPlain(element, page, look)
    for (const caption of element.querySelectorAll<HTMLElement>(':scope > caption')) readPlain(caption, page, look)
    for (const row of tableRows(element, textOfCell)) {
      page.write(row.join('\t'), { ...look, exact: true })
      page.breakLine(look)
    }
  },
  // Word puts a space where nothing is.
  'o:p': (element, page, look) => {
    if ((element.textContent ?? '').trim() !== '') return readPlain(element, page, look)
    if (element.parentElement?.textContent?.trim() === '') page.breakLine(look)
  },
}

/** What stands in a closed list of choices: the one that is chosen. */
function chosen(element: HTMLElement): string {
  const options = [...element.querySelectorAll('option')]
  const marked = options.filter(option => option.hasAttribute('selected'))
  const shown = marked.length > 0 || element.hasAttribute('multiple') ? marked : options.slice(0, 1)
  return shown.map(option => option.getAttribute('label') ?? textOf(option).trim()).join(', ')
}

function readList(element: HTMLElement, page: Page, look: Look): void {
  page.endLine(look)
  readChildren(element, page, { ...look, list: listPlace(element, look.list), item: null })
  page.endLine(look)
}

function readItem(element: HTMLElement, page: Page, look: Look, list: ListPlace): void {
  page.endLine(look)
  const number = list.next(element)
  const inner: Look = { ...look, list, item: look.quote || !list.isList ? null : { list, number } }
  if (!inner.item) page.writeSign(`${'  '.repeat(list.indent)}${signOf(list, number)}`, inner)
  else page.beginItem(inner.item)
  readChildren(element, page, { ...inner, marks: changedMarks(element, look.marks) })
  page.endItem(inner)
}

function readMention(element: HTMLElement, page: Page, look: Look): void {
  const { mention, id, name: given, label } = element.dataset
  const person = mention ?? id ?? ''
  const name = given ?? label ?? ''
  const isPerson = /^\d{1,18}$/.test(person) && /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]{1,100}$/u.test(name)
  if (person === 'all') page.put({ type: 'mention_all' })
  else if (isPerson) page.put({ type: 'mention', person, name })
  else readPlain(element, page, look)
}

/** Word writes the items of its lists as paragraphs, with the sign in a part of its own. Null: it is no such item. */
function wordItem(element: HTMLElement): string | null {
  const style = element.getAttribute('style') ?? ''
  const level = /mso-list:[^;]*\blevel(\d)/.exec(style)?.[1]
  if (!level) return null
  const sign = [...element.querySelectorAll<HTMLElement>('span')].find(span =>
    /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
  )
  if (!sign) return null
  const text = (sign.textContent ?? '').replace(/[\s\u00a0]+/g, '')
  sign.remove()
  const margin = '  '.repeat(Number(level) - 1)
  // Bullets are letters of fonts of symbols.
  return `${margin}${/^[\p{L}\p{N}（(]+[.)、）．]$|^[\p{N}.]+$/u.test(text) ? text : '-'} `
}

function textOf(element: HTMLElement): string {
  return (element.textContent ?? '').replace(/[\s\u00a0]+/g, ' ')
}

/** A cell in one line, as it would be read by itself. */
function textOfCell(cell: HTMLElement): string {
  const page = new Page()
  readChildren(cell, page, { ...plain, quote: cell })
  return page
    .texts()
    .map(line => line.trim())
    .filter(line => line !== '')
    .join(' ')
}
