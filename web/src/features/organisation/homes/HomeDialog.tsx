import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type AnswerOf, type Leaves, type Policy, type PolicyKind, request, type Unit, type UnitHome } from '@/core/api'
import { useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import { homesQuery, type OrgTree, sitesQuery } from '@/features/contacts'
import { refetchLive } from '@/log'
import { Banner, Button, Dialog, FieldGroup, FormButtons, toasts } from '@/ui'
import { HomeField } from './HomeField'
import { PolicyFields } from './PolicyFields'
import { policyKinds, policyOf } from './policy'

export interface HomeDialogProps {
  tree: OrgTree
  unit: Unit
  onClose: () => void
}

export interface HomeValues {
  /** The number of a site; empty: as the unit above. */
  site: string
  leaves: Leaves | 'inherited'
  kinds: PolicyKind[]
}

/** What the fields show beside their values. */
export interface HomeFacts {
  sites: AnswerOf<'GET /sites'>['sites']
  homes: ReadonlyMap<string, UnitHome>
  policies: readonly Policy[]
}

/** At which site the people of a unit are at home, and what of theirs leaves it. */
export function HomeDialog(props: HomeDialogProps) {
  const { t } = useLingui()
  const { data: homes, error } = useQuery(homesQuery)
  const { data: list } = useQuery(sitesQuery)
  const text = useProblemText()
  const { name } = props.unit
  return (
    <Dialog
      open
      onOpenChange={open => !open && props.onClose()}
      title={<Trans>Home of {name}</Trans>}
      closeLabel={t`Close`}
    >
      {error && <Banner tone="danger">{text(error)}</Banner>}
      {homes && list && (
        <HomeForm {...props} facts={{ sites: list.sites, homes: homes.homes, policies: homes.policies }} />
      )}
    </Dialog>
  )
}

function HomeForm({ tree, unit, facts, onClose }: HomeDialogProps & { facts: HomeFacts }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const text = useProblemText()
  const initial = valuesOf(unit, facts)
  const form = useForm<HomeValues>({
    initial,
    check: ({ leaves, kinds }): { kinds?: string } =>
      leaves !== 'inherited' && kinds.length === 0 ? { kinds: t`Choose at least one.` } : {},
    send: async (values, key) => {
      await send(unit, initial, values, key)
      toasts.show({ tone: 'ok', title: t`Home and policy saved` })
      await refetchLive(queries, 'sites')
      onClose()
    },
  })
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate>
      <FieldGroup>
        {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
        <HomeField tree={tree} unit={unit} facts={facts} form={form} />
        <PolicyFields tree={tree} unit={unit} facts={facts} form={form} />
        <FormButtons>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={form.busy} disabled={!form.changed}>
            <Trans>Save</Trans>
          </Button>
        </FormButtons>
      </FieldGroup>
    </form>
  )
}

function valuesOf(unit: Unit, { homes, policies }: HomeFacts): HomeValues {
  const home = homes.get(unit.id)
  const policy = policyOf(policies, unit.id)
  return {
    site: home?.set ? String(home.site) : '',
    leaves: policy?.leaves ?? 'inherited',
    kinds: policy?.kinds ?? [...policyKinds],
  }
}

/** Sends what changed: home and policy are two facts, with a key each. */
async function send({ id }: Unit, before: HomeValues, { site, leaves, kinds }: HomeValues, key: string): Promise<void> {
  const path = { unit: id }
  if (site !== before.site) {
    const body = { site: site === '' ? null : Number(site) }
    await request('PUT /sites/homes/{unit}', { path, body }, { key: `${key}h` })
  }
  if (leaves === before.leaves && kinds.join() === before.kinds.join()) return
  const body = leaves === 'inherited' ? { leaves: 'shared' as const, kinds: [] } : { leaves, kinds }
  await request('PUT /sites/policies/{unit}', { path, body }, { key: `${key}p` })
}
