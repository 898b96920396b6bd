import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { type Person, request } from '@/core/api'
import { Button, Dialog } from '@/ui'
import { useChange } from '../useChange'
import { generatePassword } from './generate-password'
import { HandOver } from './HandOver'

/** Gives a person a new password, shown once so that it can be handed over. */
export function ResetPasswordDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useLingui()
  const [password] = useState(generatePassword)
  const [login, setLogin] = useState('')
  const reset = useChange({
    change: async () => {
      const answer = await request('PATCH /org/people/{person}', { path: { person: person.id }, body: { password } })
      setLogin(answer.login ?? '')
    },
    done: () => t`${person.name} has a new password`,
  })
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      size="small"
      title={<Trans>New password for {person.name}</Trans>}
      description={
        reset.isSuccess ? (
          <Trans>Hand it over now: it is not shown again. They choose another one when they sign in.</Trans>
        ) : (
          <Trans>Their current password stops working, and they are signed out on all devices.</Trans>
        )
      }
      closeLabel={t`Close`}
      footer={
        reset.isSuccess ? (
          <Button variant="primary" onClick={onClose}>
            <Trans>Done</Trans>
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button variant="danger" busy={reset.isPending} onClick={() => reset.mutate()}>
              <Trans>Set a new password</Trans>
            </Button>
          </>
        )
      }
    >
      {reset.isSuccess && <HandOver login={login} password={password} />}
    </Dialog>
  )
}
