import { useLingui } from '@lingui/react/macro'
import { toasts } from '@/ui'

/** Puts text on the clipboard, maybe with the HTML that has its formats, and says so. */
export function useCopy(): (text: string, html?: string) => void {
  const { t } = useLingui()
  return (text, html) => {
    copyText(text, html).then(
      () => toasts.show({ id: 'copied', title: t`Copied`, tone: 'ok', timeout: 2000 }),
      () => toasts.show({ id: 'copied', title: t`This browser does not allow copying`, tone: 'danger' }),
    )
  }
}

/** Browsers give the clipboard to secure pages only; on plain HTTP in a local network the old way still works. */
async function copyText(text: string, html?: string): Promise<void> {
  if (!navigator.clipboard) return copyByEvent(text, html)
  if (!html || typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(text)
  const blobOf = (type: string, data: string) => ({ [type]: new Blob([data], { type }) })
  const item = new ClipboardItem({ ...blobOf('text/plain', text), ...blobOf('text/html', html) })
  await navigator.clipboard.write([item])
}

function copyByEvent(text: string, html?: string): void {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  document.body.append(area)
  area.select()
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    if (html) event.clipboardData?.setData('text/html', html)
    event.preventDefault()
  }
  document.addEventListener('copy', fill, { once: true, capture: true })
  const copied = document.execCommand('copy')
  document.removeEventListener('copy', fill, { capture: true })
  area.remove()
  if (!copied) throw new Error('copy refused')
}
