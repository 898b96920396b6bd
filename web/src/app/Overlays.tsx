import { useLingui } from '@lingui/react/macro'
import { ToastRegion, TooltipLayer } from '@/ui'

/** What appears above all pages. Nobody sees it at first, so it is fetched beside the first page and not before it. */
export function Overlays() {
  const { t } = useLingui()
  return (
    <>
      <TooltipLayer />
      <ToastRegion closeLabel={t`Close`} />
    </>
  )
}
