import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { useServerVersion } from '@/log'
import { toasts } from '@/ui'

/** The server was upgraded while this page was open: offers to reload, and never does so by itself. */
export function useNewVersion(): void {
  const { t } = useLingui()
  const version = useServerVersion()
  useEffect(() => {
    if (!version) return
    first ??= version
    if (version === first) return
    toasts.show({
      id: 'new-version',
      title: t`There is a new version of Bilin`,
      action: { label: t`Reload`, onClick: () => location.reload() },
      timeout: 0,
    })
  }, [version, t])
}

/** The version this page began with. */
let first: string | undefined
