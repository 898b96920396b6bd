import type { Block } from '@/core/api'
import { contentText } from '../blocks/text'
import { plainBlocks } from '../composer/plain-text'
import { readHtml } from './html/read-html'

/** What was copied or is dragged, as blocks; none: it is no text. */
export function readTransfer(transfer: DataTransfer): Block[] {
  const text = transfer.getData('text/plain')
  const language = editorLanguage(transfer.getData('vscode-editor-data'))
  if (language && /[\n\r].*\S/.test(text)) return [{ type: 'code', text: lines(text), language }]
  const html = language === null ? transfer.getData('text/html') : ''
  const blocks = html ? readHtml(html) : []
  return blocks.length > 0 && !saysThePlain(blocks, html, text) ? blocks : plain(text)
}

function plain(text: string): Block[] {
  return text ? plainBlocks(text.replace(/(?:\r\n?|\n)$/, '')) : []
}

function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
}

/** The language of source text that is copied from Visual Studio Code; "": not known; null: copied elsewhere. */
function editorLanguage(data: string): string | null {
  if (!data) return null
  try {
    const mode: unknown = JSON.parse(data).mode
    return typeof mode === 'string' && mode !== 'plaintext' && mode.length <= 40 ? mode : ''
  } catch {
    return ''
  }
}

/** HTML that only colours the same words: the plain text beside it has them to the letter, with all their spaces. */
function saysThePlain(blocks: Block[], html: string, text: string): boolean {
  if (!text || /<(?:table|pre)\b|data-bilin|data-pm-slice/i.test(html)) return false
  const isPlain = blocks.every(
    block => block.type === 'paragraph' && block.spans.every(span => span.type === 'text' && !span.marks),
  )
  return isPlain && words(contentText({ blocks }, { everyone: '' })) === words(text)
}

function words(text: string): string {
  return text.replace(/\s+/g, '')
}
