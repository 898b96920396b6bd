import { Trans, useLingui } from '@lingui/react/macro'
import { type Joining, request } from '@/core/api'
import { useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import { Banner, Button, Field, Textarea } from '@/ui'
import styles from '../set-up.module.css'
import { problemOf } from './problem-of'

export interface JoinFormProps {
  /** The attempt before, when headquarters refused it. */
  refused: Joining | null
  onJoining: () => Promise<unknown>
}

/** The token with which headquarters invited this server. */
export function JoinForm({ refused, onJoining }: JoinFormProps) {
  const { t } = useLingui()
  const text = useProblemText()
  const form = useForm<{ token: string }>({
    initial: { token: '' },
    check: ({ token }): { token?: string } => (token.trim() ? {} : { token: t`Paste the token you were given.` }),
    send: async ({ token }, key) => {
      await request('POST /setup/join', { body: { token: token.replace(/\s/g, '') } }, { key })
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
        hint={t`Headquarters makes it: Administration, Sites, or the command “bilin site invite”. It is good once.`}
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
      <Button type="submit" variant="primary" size="large" wide busy={form.busy}>
        <Trans>Join</Trans>
      </Button>
    </form>
  )
}
