import type { Block, Content, Mark, Span } from '@/core/api'
import { isAddress } from '../blocks/addresses'
import { linkTarget } from '../blocks/link-target'
import type { DocNode } from './doc'
import { everyoneId } from './everyone'
import { joinLines, merged, sendable, trimmed } from './trim'

const markNames: Mark[] = ['bold', 'italic', 'code', 'strike']

/** What the writer sees, as protocol blocks. Empty lines at both ends are dropped; without anything to see there are no blocks. */
export function toContent(doc: DocNode): Content {
  return trimmed(toBlocks(doc))
}

/** The same with the empty lines at both ends, as it is copied. */
export function toBlocks(doc: DocNode): Block[] {
  return (doc.content ?? []).flatMap(blockOf)
}

function blockOf(node: DocNode): Block[] {
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', spans: spansOf(node) }]
    case 'blockquote':
      return [{ type: 'quote', spans: joinLines((node.content ?? []).map(spansOf)) }]
    case 'codeBlock':
      return [{ type: 'code', text: textOf(node), language: String(node.attrs?.language ?? '') }]
    case 'bulletList':
    case 'orderedList':
      return [listOf(node)]
    default:
      return []
  }
}

function listOf({ type, attrs, content }: DocNode): Block {
  const ordered = type === 'orderedList'
  const items = (content ?? []).map(item => joinLines((item.content ?? []).map(spansOf)))
  const [start, indent] = [ordered ? Number(attrs?.start ?? 1) : 1, Number(attrs?.indent ?? 0)]
  return { type: 'list', ordered, items, ...(start !== 1 ? { start } : {}), ...(indent > 0 ? { indent } : {}) }
}

function spansOf(node: DocNode): Span[] {
  return merged((node.content ?? []).flatMap(spanOf))
}

function spanOf(node: DocNode): Span[] {
  if (node.type === 'hardBreak') return [{ type: 'text', text: '\n' }]
  if (node.type === 'mention') {
    const { id, label } = node.attrs ?? {}
    return id === everyoneId
      ? [{ type: 'mention_all' }]
      : [{ type: 'mention', person: String(id), name: String(label ?? '') }]
  }
  if (node.type !== 'text' || !node.text) return []
  const names = markNames.filter(name => node.marks?.some(mark => mark.type === name))
  const marks = names.length > 0 ? { marks: names } : {}
  const text = sendable(node.text)
  const link = node.marks?.find(mark => mark.type === 'link')
  const href = link && linkTarget(String(link.attrs?.href ?? ''))
  if (!href || isAddress(text, href)) return [{ type: 'text', text, ...marks }]
  return [{ type: 'link', text, href, ...marks }]
}

function textOf(node: DocNode): string {
  return sendable((node.content ?? []).map(child => child.text ?? '').join(''))
}
