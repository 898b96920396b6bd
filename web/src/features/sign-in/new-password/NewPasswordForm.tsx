import { Trans, useLingui } from '@lingui/react/macro'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { request } from '@/core/api'
import { type FieldErrors, type Form, useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import { checkSession, signOut } from '@/core/session'
import { Banner, Button, Field } from '@/ui'
import styles from '../entry/entry.module.css'
import { PasswordInput } from '../password/PasswordInput'
import { PasswordStrength } from '../password/PasswordStrength'
import { useOwnNames } from '../password/useOwnNames'
import { useWeaknessText } from '../password/useWeaknessText'
import { typedPassword } from './typed-password'

interface Values {
  old: string
  new: string
  again: string
}

/** The new password twice; the present one only where it was not just typed. Then on to `address`. */
export function NewPasswordForm({ address }: { address: string }) {
  const router = useRouter()
  const text = useProblemText()
  const [given] = useState(() => typedPassword.take())
  const form = useForm<Values>({
    initial: { old: given, new: '', again: '' },
    check: useCheck(),
    send: async (values, key) => {
      await request('POST /me/password', { body: { old: values.old, new: values.new } }, { key })
      await checkSession()
      await router.navigate({ href: address, replace: true })
    },
  })
  return (
    <form ref={form.ref} className={styles.fields} onSubmit={form.submit} noValidate>
      {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
      <Fields form={form} asksOld={!given} />
      <Button type="submit" variant="primary" size="large" wide busy={form.busy}>
        <Trans>Continue with this password</Trans>
      </Button>
      <Button size="large" wide onClick={() => void signOut()}>
        <Trans>Sign out</Trans>
      </Button>
    </form>
  )
}

function useCheck(): (values: Values) => FieldErrors<Values> {
  const { t } = useLingui()
  const weakness = useWeaknessText()
  const own = useOwnNames()
  return values => {
    const errors: FieldErrors<Values> = {}
    if (!values.old) errors.old = t`Enter the password you were given.`
    errors.new = weakness(values.new, own)
    if (values.new && values.new === values.old) errors.new = t`Choose a password other than the one you were given.`
    if (values.again !== values.new) errors.again = t`The two passwords do not match.`
    return errors
  }
}

function Fields({ form, asksOld }: { form: Form<Values>; asksOld: boolean }) {
  const { t } = useLingui()
  const own = useOwnNames()
  const input = (name: keyof Values, autoComplete: string, autoFocus = false) => (
    <PasswordInput
      size="large"
      name={name}
      autoComplete={autoComplete}
      autoFocus={autoFocus}
      value={form.values[name]}
      onValueChange={value => form.set(name, value)}
    />
  )
  return (
    <>
      {asksOld && (
        <Field label={t`The password you were given`} error={form.errors.old}>
          {input('old', 'current-password', true)}
        </Field>
      )}
      <Field
        label={t`New password`}
        error={form.errors.new}
        hint={<PasswordStrength password={form.values.new} own={own} />}
      >
        {input('new', 'new-password', !asksOld)}
      </Field>
      <Field label={t`Repeat new password`} error={form.errors.again}>
        {input('again', 'new-password')}
      </Field>
    </>
  )
}
