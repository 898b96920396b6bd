import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { request, type SiteInfo } from '@/core/api'
import { useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import { refetchLive } from '@/log'
import { Banner, Button, Dialog, FieldGroup, FormButtons, toasts } from '@/ui'
import { AddressField, NameField, type SiteValues, useSiteCheck } from './SiteFields'

/** Another name or address for a site. */
export function ChangeDialog({ site, onClose }: { site: SiteInfo; onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      size="small"
      title={<Trans>Name and address</Trans>}
      closeLabel={t`Close`}
    >
      <ChangeForm site={site} onClose={onClose} />
    </Dialog>
  )
}

function ChangeForm({ site, onClose }: { site: SiteInfo; onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const text = useProblemText()
  const form = useForm<SiteValues>({
    initial: { name: site.name, address: site.address },
    check: useSiteCheck(),
    send: async ({ name, address }, key) => {
      const body = { name: name.trim(), address: address.trim() }
      await request('PATCH /sites/{number}', { path: { number: site.number }, body }, { key })
      toasts.show({ tone: 'ok', title: t`Site changed` })
      await refetchLive(queries, 'sites')
      onClose()
    },
  })
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate>
      <FieldGroup>
        {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
        <NameField form={form} />
        <AddressField form={form} />
        <FormButtons>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            <Trans>Save</Trans>
          </Button>
        </FormButtons>
      </FieldGroup>
    </form>
  )
}
