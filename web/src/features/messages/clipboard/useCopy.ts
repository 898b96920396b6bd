import { useLingui } from '@lingui/react/macro'
import { toasts } from '@/ui'

/** Puts text on the clipboard and says so. */
export function useCopy(): (text: string) => void {
  const { t } = useLingui()
  return text => {
    copyText(text).then(
      () => toasts.show({ id: 'copied', title: t`Copied`, tone: 'ok', timeout: 2000 }),
      () => toasts.show({ id: 'copied', title: t`This browser does not allow copying`, tone: 'danger' }),
    )
  }
}

/** Browsers give the clipboard to secure pages only; on plain HTTP in a local network the old way still works. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  if (!copied) throw new Error('copy refused')
}
