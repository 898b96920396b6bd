import type { Block } from '@/core/api'
import { contentText, type TextWords } from '../blocks/text'
import { contentHtml } from './content-html'
import { readHtml } from './html/read-html'

export { contentHtml }

/** Copies what is selected of the messages in a log, with the numbers of lists, which browsers leave out. False: it is none of them. */
export function copySelected(log: HTMLElement, transfer: DataTransfer, words: TextWords): boolean {
  const selection = log.ownerDocument.getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return false
  const blocks = selectedBlocks(log, selection.getRangeAt(0))
  if (blocks.length === 0) return false
  transfer.setData('text/plain', contentText({ blocks }, words))
  transfer.setData('text/html', contentHtml({ blocks }, words))
  return true
}

function selectedBlocks(log: HTMLElement, range: Range): Block[] {
  const said = [...log.querySelectorAll<HTMLElement>('[data-content]')].filter(element => range.intersectsNode(element))
  // A selection that goes on outside is the browser's.
  if (said.length === 0 || !log.contains(range.commonAncestorContainer)) return []
  return said.flatMap(element => [...(said.length > 1 ? heading(element, range) : []), ...blocksWithin(element, range)])
}

/** Who said it and when, where several messages are copied. */
function heading(element: HTMLElement, range: Range): Block[] {
  const header = element.closest('article')?.querySelector('header')
  if (!header || !range.intersectsNode(header)) return []
  const text = [...header.children].map(child => child.textContent).join(' ')
  return [{ type: 'paragraph', spans: [{ type: 'text', text }] }]
}

function blocksWithin(element: HTMLElement, range: Range): Block[] {
  const part = range.cloneRange()
  if (!element.contains(part.startContainer)) part.setStart(element, 0)
  if (!element.contains(part.endContainer)) part.setEnd(element, element.childNodes.length)
  const around = part.commonAncestorContainer
  const inner = around instanceof Element ? around : around.parentElement
  const pre = inner?.closest('pre')
  if (pre) return [{ type: 'code', text: part.toString(), language: pre.dataset.language ?? '' }]
  return readHtml(`<div data-bilin="">${wrapped(part, inner, element)}</div>`)
}

/** A part of a list is a list, and a part of what is bold is bold. */
function wrapped(part: Range, inner: Element | null, outer: HTMLElement): string {
  let box: Element = outer.ownerDocument.createElement('div')
  box.append(part.cloneContents())
  for (let around = inner; around && around !== outer; around = around.parentElement) {
    if (!around.matches('strong, em, s, code, a') && !(around === inner && around.matches('ol, ul'))) continue
    const wrapper = around.cloneNode(false) as Element
    wrapper.append(...box.childNodes)
    box = outer.ownerDocument.createElement('div')
    box.append(wrapper)
  }
  return box.innerHTML
}
