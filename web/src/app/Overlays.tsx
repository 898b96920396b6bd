import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { preloadPopups, ToastRegion, TooltipLayer } from '@/ui'

/** What appears above all pages. Nobody sees it at first, so it is fetched beside the first page and not before it. */
export function Overlays() {
  const { t } = useLingui()
  useEffect(preloadPopups, [])
  return (
    <>
      <TooltipLayer />
      <ToastRegion label={t`Notifications`} closeLabel={t`Close`} />
    </>
  )
}
