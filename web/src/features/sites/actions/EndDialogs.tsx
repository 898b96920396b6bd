import { Trans, useLingui } from '@lingui/react/macro'
import { request, type SiteInfo } from '@/core/api'
import { ConfirmDialog, TypedConfirmDialog } from '@/ui'
import { useSiteChange } from '../useSiteChange'

export interface EndDialogProps {
  site: SiteInfo
  onClose: () => void
}

/** Ends the access of a site's server, until it is invited again. */
export function RevokeDialog({ site: { name, number }, onClose }: EndDialogProps) {
  const { t } = useLingui()
  const revoke = useSiteChange({
    change: () => request('POST /sites/{number}/revoke', { path: { number } }),
    done: t`The access of ${name} was revoked`,
    onDone: onClose,
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={open => !open && onClose()}
      title={t`Revoke the access of ${name}?`}
      description={t`Its server is cut off from the others at once and hears nothing more of the company; sessions opened there end everywhere. What it has stays on it. To bring it back, build it again with a new token.`}
      confirmLabel={t`Revoke access`}
      cancelLabel={t`Cancel`}
      danger
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    />
  )
}

/** Closes a site for good. */
export function RetireDialog({ site: { name, number }, onClose }: EndDialogProps) {
  const { t } = useLingui()
  const retire = useSiteChange({
    change: () => request('POST /sites/{number}/retire', { path: { number } }),
    done: t`${name} was retired`,
    onDone: onClose,
  })
  return (
    <TypedConfirmDialog
      open
      onOpenChange={open => !open && onClose()}
      title={<Trans>Retire {name}?</Trans>}
      description={
        <Trans>
          The site is closed for good; its units are at home at headquarters from then on. First let it catch up: what
          it has not sent yet would be missing. This cannot be undone.
        </Trans>
      }
      word={name}
      wordLabel={<Trans>Type “{name}” to confirm</Trans>}
      confirmLabel={<Trans>Retire</Trans>}
      cancelLabel={t`Cancel`}
      closeLabel={t`Close`}
      busy={retire.isPending}
      onConfirm={() => retire.mutate()}
    />
  )
}
