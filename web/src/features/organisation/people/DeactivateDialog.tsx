import { Trans, useLingui } from '@lingui/react/macro'
import { type Person, request } from '@/core/api'
import { TypedConfirmDialog } from '@/ui'
import { useChange } from '../useChange'

export function DeactivateDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useLingui()
  const deactivate = useChange({
    change: () => request('POST /org/people/{person}/deactivate', { path: { person: person.id } }),
    done: () => t`${person.name} was deactivated`,
    onDone: onClose,
  })
  return (
    <TypedConfirmDialog
      open
      onOpenChange={open => !open && onClose()}
      title={<Trans>Deactivate {person.name}?</Trans>}
      description={
        <Trans>
          They are signed out everywhere at once and cannot sign in again. What they wrote stays. You can reactivate
          them later.
        </Trans>
      }
      word={person.name}
      wordLabel={<Trans>Type “{person.name}” to confirm</Trans>}
      confirmLabel={<Trans>Deactivate</Trans>}
      cancelLabel={t`Cancel`}
      closeLabel={t`Close`}
      busy={deactivate.isPending}
      onConfirm={() => deactivate.mutate()}
    />
  )
}
