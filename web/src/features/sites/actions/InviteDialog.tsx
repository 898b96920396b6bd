import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { type AnswerOf, request, type SiteInfo } from '@/core/api'
import { useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import { useCopy } from '@/features/messages'
import { refetchLive } from '@/log'
import { Banner, Button, Dialog, Field, FieldGroup, FormButtons, Textarea } from '@/ui'
import styles from '../page/sites.module.css'
import { useSiteWords } from '../page/useSiteWords'
import { AddressField, NameField, type SiteValues, useSiteCheck } from './SiteFields'

type Invitation = AnswerOf<'POST /sites/invitations'>

export interface InviteDialogProps {
  /** One that is to be built again; without it a new one. */
  site?: SiteInfo
  onClose: () => void
}

/** Invites a server to become a branch's site: asks its name, then shows the token, this once. */
export function InviteDialog({ site, onClose }: InviteDialogProps) {
  const { t } = useLingui()
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      size="medium"
      title={site ? <Trans>A new server for {site.name}</Trans> : <Trans>Invite a branch</Trans>}
      closeLabel={t`Close`}
    >
      {invitation ? (
        <TokenView invitation={invitation} />
      ) : (
        <InviteForm site={site} onInvited={setInvitation} onClose={onClose} />
      )}
    </Dialog>
  )
}

function InviteForm({ site, onInvited, onClose }: InviteDialogProps & { onInvited: (invitation: Invitation) => void }) {
  const queries = useQueryClient()
  const text = useProblemText()
  const form = useForm<SiteValues>({
    initial: { name: site?.name ?? '', address: site?.address ?? '' },
    check: useSiteCheck(),
    send: async ({ name, address }, key) => {
      const about = { name: name.trim(), address: address.trim() || undefined, site: site?.number }
      onInvited(await request('POST /sites/invitations', { body: about }, { key }))
      void refetchLive(queries, 'sites')
    },
  })
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate>
      <FieldGroup>
        {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
        {site && (
          <p className={styles.hint}>
            <Trans>
              A new, empty server becomes {site.name} with this token and copies everything anew. What only the old one
              has is fetched back from the other sites as far as they have it. The old one loses its access.
            </Trans>
          </p>
        )}
        <NameField form={form} />
        <AddressField form={form} />
        <FormButtons>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            <Trans>Make a token</Trans>
          </Button>
        </FormButtons>
      </FieldGroup>
    </form>
  )
}

/** On a command line, everybody on that machine could read the token. */
const JOIN_COMMAND = 'bilin serve --join -'

/** The token is as good as a password: it is shown now and never again. */
function TokenView({ invitation }: { invitation: Invitation }) {
  const { t } = useLingui()
  const copy = useCopy()
  const words = useSiteWords()
  const until = words.date(invitation.expires_ms)
  return (
    <FieldGroup>
      <Field
        label={t`Token`}
        hint={t`Shown only now. Good once, until ${until}. Whoever has it can join: treat it as a password.`}
      >
        <Textarea
          className={styles.token}
          readOnly
          rows={5}
          value={invitation.token}
          onFocus={e => e.target.select()}
        />
      </Field>
      <p className={styles.hint}>
        <Trans>
          At the branch, open the new server and choose “Join as a branch”, or start it with this command, which asks
          for the token:
        </Trans>
      </p>
      <code className={styles.command}>{JOIN_COMMAND}</code>
      <FormButtons>
        <Button icon={<Copy />} onClick={() => copy(JOIN_COMMAND)}>
          <Trans>Copy command</Trans>
        </Button>
        <Button icon={<Copy />} variant="primary" onClick={() => copy(invitation.token)}>
          <Trans>Copy token</Trans>
        </Button>
      </FormButtons>
    </FieldGroup>
  )
}
