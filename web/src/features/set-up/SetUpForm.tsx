import { Trans, useLingui } from '@lingui/react/macro'
import { type AnswerOf, request } from '@/core/api'
import { type FieldErrors, type Form, useForm, useNameCheck } from '@/core/forms'
import type { Locale } from '@/core/i18n'
import { useProblemText } from '@/core/problems'
import { PasswordInput, PasswordStrength, useWeaknessText } from '@/features/sign-in'
import { Banner, Button, Field, Input } from '@/ui'
import { CodeField } from './CodeField'
import styles from './set-up.module.css'

export interface SetUpValues {
  company: string
  name: string
  login: string
  password: string
  code: string
}

export interface SetUpFormProps {
  onFounded: (answer: AnswerOf<'POST /setup'>, company: string) => Promise<void>
}

/** Company, name, login, password. `onFounded` gets what the server answered. */
export function SetUpForm({ onFounded }: SetUpFormProps) {
  const { i18n } = useLingui()
  const text = useProblemText()
  const check = useSetUpCheck()
  const form = useForm<SetUpValues>({
    initial: { company: '', name: '', login: '', password: '', code: '' },
    check,
    send: async ({ company, name, login, password, code }, key) => {
      const body = {
        company: company.trim(),
        name: name.trim(),
        login: login.trim(),
        password,
        locale: i18n.locale as Locale,
        code: code.trim(),
      }
      await onFounded(await request('POST /setup', { body }, { key }), body.company)
    },
  })
  return (
    <form ref={form.ref} className={styles.fields} onSubmit={form.submit} noValidate>
      {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
      <CompanyFields form={form} />
      <AccountFields form={form} />
      <CodeField value={form.values.code} error={form.errors.code} onValue={code => form.set('code', code)} />
      <Button type="submit" variant="primary" size="large" wide busy={form.busy}>
        <Trans>Create the company</Trans>
      </Button>
    </form>
  )
}

function useSetUpCheck(): (values: SetUpValues) => FieldErrors<SetUpValues> {
  const { t } = useLingui()
  const checkName = useNameCheck()
  const weakness = useWeaknessText()
  return ({ company, name, login, password, code }) => {
    const errors: FieldErrors<SetUpValues> = {}
    errors.company = checkName(company, t`Enter the name of your company.`)
    errors.name = checkName(name, t`Enter your name.`)
    if (!login.trim()) errors.login = t`Enter a login.`
    else if (/\s/.test(login.trim())) errors.login = t`A login has no spaces.`
    errors.password = weakness(password, [company, name, login])
    if (!code.trim()) errors.code = t`Enter the code that the server printed.`
    return errors
  }
}

function CompanyFields({ form }: { form: Form<SetUpValues> }) {
  const { t } = useLingui()
  const { values, errors, set } = form
  return (
    <>
      <Field label={t`Company name`} error={errors.company}>
        <Input
          size="large"
          name="company"
          autoComplete="organization"
          autoFocus
          maxLength={100}
          value={values.company}
          onValueChange={company => set('company', company)}
        />
      </Field>
      <div className={styles.two}>
        <Field label={t`Your name`} error={errors.name}>
          <Input
            size="large"
            name="name"
            autoComplete="name"
            maxLength={100}
            value={values.name}
            onValueChange={name => set('name', name)}
          />
        </Field>
        <Field label={t`Login`} error={errors.login}>
          <Input
            size="large"
            name="login"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            value={values.login}
            onValueChange={login => set('login', login)}
          />
        </Field>
      </div>
    </>
  )
}

function AccountFields({ form }: { form: Form<SetUpValues> }) {
  const { t } = useLingui()
  const { values, errors, set } = form
  const own = [values.company, values.name, values.login]
  return (
    <Field label={t`Password`} error={errors.password} hint={<PasswordStrength password={values.password} own={own} />}>
      <PasswordInput
        size="large"
        name="password"
        autoComplete="new-password"
        value={values.password}
        onValueChange={password => set('password', password)}
      />
    </Field>
  )
}
