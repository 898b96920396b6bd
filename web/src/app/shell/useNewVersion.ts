import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { renewClient } from '@/app/keep-client'
import { unkeptStore, useServerVersion } from '@/log'
import { toasts } from '@/ui'

/** As long nobody looks at the page, until it takes a new version by itself: what was written is stored by then. */
const hiddenMs = 20_000

/**
 * The server was upgraded while this page was open: offers to reload. By itself the page does so only where nothing can be lost: while
 * nobody sees it, on the messages, with all that was written stored.
 */
export function useNewVersion(): void {
  const { t } = useLingui()
  const version = useServerVersion()
  useEffect(() => {
    if (!version) return
    first ??= version
    if (version === first) return
    void renewClient()
    toasts.show({
      id: 'new-version',
      title: t`There is a new version of Bilin`,
      action: { label: t`Reload`, onClick: () => location.reload() },
      timeout: 0,
    })
    return whenUnseen(() => losesNothing() && location.reload())
  }, [version, t])
}

/** The version this page began with. */
let first: string | undefined

/** Calls back whenever the page has not been seen for a while. Returns the way to stop. */
function whenUnseen(callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') timer = setTimeout(callback, hiddenMs)
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}

function losesNothing(): boolean {
  const isOpen = document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null
  return location.pathname.startsWith('/messages') && !isOpen && unkeptStore.getState().names.size === 0
}
