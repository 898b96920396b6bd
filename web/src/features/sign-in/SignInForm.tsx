import { Trans, useLingui } from '@lingui/react/macro'
import { type AnswerOf, Problem, request } from '@/core/api'
import { type FieldErrors, useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import { Banner, Button, Field, Input } from '@/ui'
import { deviceName } from './device'
import styles from './entry/entry.module.css'
import { typedPassword } from './new-password/typed-password'
import { PasswordInput } from './password/PasswordInput'
import { useCountdown } from './useCountdown'

/** Login and password. `onSignedIn` gets what the server answered. */
export function SignInForm({ onSignedIn }: { onSignedIn: (answer: AnswerOf<'POST /sessions'>) => Promise<void> }) {
  const { t } = useLingui()
  const form = useForm({
    initial: { login: '', password: '' },
    check: values => {
      const errors: FieldErrors<typeof values> = {}
      if (!values.login.trim()) errors.login = t`Enter your login.`
      if (!values.password) errors.password = t`Enter your password.`
      return errors
    },
    send: async ({ login, password }, key) => {
      const body = { login: login.trim(), password, device: deviceName(navigator.userAgent) }
      const answer = await request('POST /sessions', { body }, { key })
      if (answer.me.must_change_password) typedPassword.put(password)
      await onSignedIn(answer)
    },
  })
  const waitS = useCountdown(form.problem)
  return (
    <form ref={form.ref} className={styles.fields} onSubmit={form.submit} noValidate>
      <SignInProblem problem={form.problem} waitS={waitS} />
      <Field label={t`Login`} error={form.errors.login}>
        <Input
          size="large"
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={form.values.login}
          onValueChange={login => form.set('login', login)}
        />
      </Field>
      <Field label={t`Password`} error={form.errors.password}>
        <PasswordInput
          size="large"
          name="password"
          autoComplete="current-password"
          value={form.values.password}
          onValueChange={password => form.set('password', password)}
        />
      </Field>
      <Button type="submit" variant="primary" size="large" wide busy={form.busy} disabled={waitS > 0}>
        <Trans>Sign in</Trans>
      </Button>
      <p className={styles.help}>
        <Trans>Forgot your password? Ask your administrator for a new one.</Trans>
      </p>
    </form>
  )
}

function SignInProblem({ problem, waitS }: { problem: unknown; waitS: number }) {
  const text = useProblemText()
  if (!problem) return null
  if (problem instanceof Problem && problem.status === 429) {
    if (waitS === 0) return null
    return (
      <Banner tone="warn">
        <Trans>Too many attempts. Try again in {clock(waitS)}.</Trans>
      </Banner>
    )
  }
  return <Banner tone="danger">{text(problem)}</Banner>
}

/** 0:30, 12:05 */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
