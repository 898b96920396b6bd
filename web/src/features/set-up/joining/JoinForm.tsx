import { Trans, useLingui } from '@lingui/react/macro'
import { type Joining, request } from '@/core/api'
import { useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import { Banner, Button, Field, Textarea } from '@/ui'
import { CodeField } from '../CodeField'
import styles from '../set-up.module.css'
import { problemOf } from './problem-of'

export interface JoinFormProps {
  /** The attempt before, when headquarters refused it. */
  refused: Joining | null
  onJoining: () => Promise<unknown>
}

interface JoinValues {
  token: string
  code: string
}

/** The token with which headquarters invited this server. */
export function JoinForm({ refused, onJoining }: JoinFormProps) {
  const { t } = useLingui()
  const text = useProblemText()
  const form = useForm<JoinValues>({
    initial: { token: '', code: '' },
    check: ({ token, code }) => ({
      ...(token.trim() ? {} : { token: t`Paste the token you were given.` }),
      ...(code.trim() ? {} : { code: t`Enter the code that the server printed.` }),
    }),
    send: async ({ token, code }, key) => {
      await request('POST /setup/join', { body: { token: token.replace(/\s/g, ''), code: code.trim() } }, { key })
      await onJoining()
    },
  })
  const problem = form.problem ?? (refused && problemOf(refused))
  return (
    <form ref={form.ref} className={styles.fields} onSubmit={form.submit} noValidate>
      {problem != null && <Banner tone="danger">{text(problem)}</Banner>}
      <Field
        label={t`Token`}
        error={form.errors.token}
        hint={t`Created at headquarters in Administration, Sites, or with the command “bilin site invite”. It can be used once.`}
      >
        <Textarea
          className={styles.token}
          name="token"
          rows={4}
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={form.values.token}
          onValueChange={token => form.set('token', token)}
        />
      </Field>
      <CodeField value={form.values.code} error={form.errors.code} onValue={code => form.set('code', code)} />
      <Button type="submit" variant="primary" size="large" wide busy={form.busy}>
        <Trans>Join</Trans>
      </Button>
    </form>
  )
}
