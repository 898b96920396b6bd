import type { Block } from '@/core/api'

const lineBlocks = /^(?:div|p|li|tr)$/

/** Source text, to the letter. Some pages put its lines into elements of their own, and all but we end it with a line break. */
export function readPre(pre: HTMLElement, exact: boolean): Block {
  const source = textOf(pre).replace(/\r\n?/g, '\n')
  const text = exact ? source : source.replace(/\n$/, '')
  return { type: 'code', text, language: languageOf(pre) }
}

function textOf(element: HTMLElement): string {
  let text = ''
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) text += child.nodeValue ?? ''
    if (!(child instanceof HTMLElement) || child.localName === 'button' || child.localName === 'style') continue
    if (child.localName === 'br') text += '\n'
    else if (lineBlocks.test(child.localName)) text = `${endLine(text)}${textOf(child)}\n`
    else text += textOf(child)
  }
  return text
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function languageOf(pre: HTMLElement): string {
  const named = [pre, ...pre.querySelectorAll('code')]
  const classes = named.flatMap(element => [...element.classList])
  const found = classes.map(name => /^lang(?:uage)?-([\w+#.-]{1,40})$/.exec(name)?.[1]).find(name => name)
  return found ?? (pre.dataset.language ?? pre.dataset.lang ?? '').slice(0, 40)
}
