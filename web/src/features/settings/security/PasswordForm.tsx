import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { request } from '@/core/api'
import { type FieldErrors, type Form, useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import { PasswordInput, PasswordStrength, useOwnNames, useWeaknessText } from '@/features/sign-in'
import { refetchLive } from '@/log'
import { Banner, Button, Field, toasts } from '@/ui'
import styles from '../settings.module.css'

interface Values {
  old: string
  new: string
  again: string
}

const empty: Values = { old: '', new: '', again: '' }
export function PasswordForm() {
  const [round, setRound] = useState(0)
  return <OnePasswordForm key={round} onChanged={() => setRound(round + 1)} />
}

function OnePasswordForm({ onChanged }: { onChanged: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const text = useProblemText()
  const form = useForm<Values>({
    initial: empty,
    check: usePasswordCheck(),
    send: async (values, key) => {
      await request('POST /me/password', { body: { old: values.old, new: values.new } }, { key })
      toasts.show({ tone: 'ok', title: t`Password changed. Your other devices were signed out.` })
      void refetchLive(queries, 'identity')
      onChanged()
    },
  })
  return (
    <form ref={form.ref} className={styles.form} onSubmit={form.submit} noValidate>
      {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
      <PasswordFields form={form} />
      <div>
        <Button type="submit" variant="primary" busy={form.busy} disabled={!form.changed}>
          <Trans>Change password</Trans>
        </Button>
      </div>
    </form>
  )
}

function usePasswordCheck(): (values: Values) => FieldErrors<Values> {
  const { t } = useLingui()
  const weakness = useWeaknessText()
  const own = useOwnNames()
  return values => {
    const errors: FieldErrors<Values> = {}
    if (!values.old) errors.old = t`Enter your current password.`
    errors.new = weakness(values.new, own)
    if (values.again !== values.new) errors.again = t`The two passwords do not match.`
    return errors
  }
}

function PasswordFields({ form }: { form: Form<Values> }) {
  const { t } = useLingui()
  const own = useOwnNames()
  const field = (name: keyof Values, autoComplete: string) => (
    <PasswordInput
      name={name}
      autoComplete={autoComplete}
      value={form.values[name]}
      onValueChange={value => form.set(name, value)}
    />
  )
  return (
    <>
      <Field label={t`Current password`} error={form.errors.old}>
        {field('old', 'current-password')}
      </Field>
      <Field
        label={t`New password`}
        error={form.errors.new}
        hint={<PasswordStrength password={form.values.new} own={own} />}
      >
        {field('new', 'new-password')}
      </Field>
      <Field label={t`Repeat new password`} error={form.errors.again}>
        {field('again', 'new-password')}
      </Field>
    </>
  )
}
